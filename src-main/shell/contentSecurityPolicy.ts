/**
 * SECURITY: nothing may be loaded, run or reached but the app's own files (checklist, item 7). What follows default-src
 * either needs 'self' or is not covered by it. Images may be data: because the browser draws some of its own controls so.
 */
const DIRECTIVES = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": "'self'",
  "font-src": "'self'",
  "img-src": "'self' data:",
  "connect-src": "'self'",
  "worker-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
  "object-src": "'none'",
};

/** The value of the Content-Security-Policy header. */
export const CONTENT_SECURITY_POLICY = Object.entries(DIRECTIVES)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join("; ");

/** Sent with every answer, by the desktop's own scheme and by the web edition's server on loopback. */
export const SECURITY_HEADERS = {
  "Content-Security-Policy": CONTENT_SECURITY_POLICY,
  // SECURITY: a file is what its name says; no browser guesses a script out of a text.
  "X-Content-Type-Options": "nosniff",
};
