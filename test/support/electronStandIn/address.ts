/**
 * The app's pages have the origin app://hg-nen-prognosis, which only Electron can give a page. In the stand-in they have
 * an https origin instead, one that no network can have either: the ending .invalid is reserved for that (RFC 2606).
 */
const APP = "app://hg-nen-prognosis/";
const PAGE = "https://hg-nen-prognosis.invalid/";

export function isPageAddress(url: string): boolean {
  return url.startsWith(PAGE);
}

export function toPage(appUrl: string): string {
  return appUrl.startsWith(APP) ? PAGE + appUrl.slice(APP.length) : appUrl;
}

export function toApp(pageUrl: string): string {
  return isPageAddress(pageUrl) ? APP + pageUrl.slice(PAGE.length) : pageUrl;
}
