import type { BrowserWindow, MessageBoxOptions } from "electron";
import { describe, expect, it, vi } from "vitest";
import { LINKS, shellRequestSchemas } from "../../src-main/api/contract.ts";
import { limitsOf } from "../../src-main/api/payload.ts";
import { checkRequest } from "../../src-main/api/request.ts";
import { addressesOf, createLinks } from "../../src-main/shell/links.ts";
import { boxes } from "../../src-main/words/window.ts";
import { handlers } from "../support/host.ts";

const DOI = "10.1038/s41416-025-03054-w";
const PAGE = "https://example.org/hg-nen-prognosis/";
const words = { title: boxes.title, ...boxes.link };
const [OPEN, COPY, CANCEL] = [0, 1, 2];

/** A user who answers as told; `answers` are taken one by one. */
function desk(answers: (number | Promise<number>)[], given: { homepage?: unknown } = {}) {
  const { homepage = PAGE } = given;
  const window = {} as unknown as BrowserWindow;
  const opened = vi.fn((_address: string) => Promise.resolve());
  const copied = vi.fn((_text: string) => Promise.resolve());
  const asked = vi.fn(async (_window: unknown, _options: MessageBoxOptions) => ({
    response: await answers.shift()!,
    checkboxChecked: false,
  }));
  const { openLink } = createLinks({
    dialog: { showMessageBox: asked as never },
    window,
    openExternal: opened,
    clipboard: { writeText: copied },
    words,
    addresses: addressesOf(DOI, homepage),
  });
  return { openLink, opened, copied, asked, window };
}

describe("a link", () => {
  it.each([
    ["article", `https://doi.org/${DOI}`],
    ["project", PAGE],
  ] as const)("to the %s is opened when the user says so, and it is that address", async (link, address) => {
    const { openLink, opened, asked, copied } = desk([OPEN]);
    expect(await openLink({ link })).toEqual({ ok: true, value: { opened: true } });
    expect(opened.mock.calls).toEqual([[address]]);
    expect(asked.mock.calls[0]![1].detail!.split("\n")[0]).toBe(address);
    expect(copied).not.toHaveBeenCalled();
  });

  it("is asked about in a box of its window that shows the whole address, in which Enter and Esc open nothing", async () => {
    const { openLink, asked, window } = desk([CANCEL]);
    await openLink({ link: "article" });
    expect(asked).toHaveBeenCalledExactlyOnceWith(window, {
      type: "question",
      buttons: [words.open, words.copy, words.cancel],
      defaultId: CANCEL,
      cancelId: CANCEL,
      noLink: true,
      title: words.title,
      message: words.message,
      detail: words.detail(`https://doi.org/${DOI}`),
    });
  });

  it("is not opened before the answer, nor without it", async () => {
    let answer: (button: number) => void = () => undefined;
    const { openLink, opened } = desk([new Promise((resolve) => (answer = resolve))]);
    const pending = openLink({ link: "article" });
    await Promise.resolve();
    expect(opened).not.toHaveBeenCalled();
    answer(CANCEL);
    expect(await pending).toEqual({ ok: true, value: { opened: false } });
    expect(opened).not.toHaveBeenCalled();
  });

  it("is copied instead, and then not opened", async () => {
    const { openLink, opened, copied } = desk([COPY]);
    expect(await openLink({ link: "article" })).toEqual({ ok: true, value: { opened: false } });
    expect(copied.mock.calls).toEqual([[`https://doi.org/${DOI}`]]);
    expect(opened).not.toHaveBeenCalled();
  });

  it("is asked about once at a time: no page stacks questions", async () => {
    let answer: (button: number) => void = () => undefined;
    const { openLink, asked, opened } = desk([new Promise((resolve) => (answer = resolve)), OPEN]);
    const first = openLink({ link: "article" });
    expect(await openLink({ link: "project" })).toEqual({ ok: true, value: { opened: false } });
    expect(asked).toHaveBeenCalledOnce();
    answer(CANCEL);
    await first;
    await openLink({ link: "project" });
    expect(opened.mock.calls).toEqual([[PAGE]]);
  });

  it("that no program opens is an error value, and the next one is asked about again", async () => {
    const { openLink, opened } = desk([OPEN, OPEN]);
    opened.mockRejectedValueOnce(new Error("no application is registered"));
    expect(await openLink({ link: "article" })).toMatchObject({ ok: false, code: "internal" });
    expect(await openLink({ link: "article" })).toEqual({ ok: true, value: { opened: true } });
  });
});

describe("the addresses", () => {
  it("of the article is that of the study", () => {
    const study = handlers.study({});
    if (!study.ok) throw new Error(study.message);
    expect(addressesOf(study.value.citation.doi, undefined).article).toBe(`https://doi.org/${DOI}`);
  });

  it.each([
    undefined,
    null,
    7,
    "",
    "hg-nen.example",
    "http://example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "smb://server/share",
    "ms-msdt:/id",
    "https://user@example.org/",
    "https://user:word@example.org/",
    "https://example.org:8443/",
  ])("of the project is not %j: then there is none, and nothing opens", async (homepage) => {
    const { openLink, asked, opened } = desk([OPEN], { homepage: homepage ?? null });
    expect(addressesOf(DOI, homepage).project).toBeNull();
    expect(await openLink({ link: "project" })).toMatchObject({ ok: false, code: "not-here" });
    expect(asked).not.toHaveBeenCalled();
    expect(opened).not.toHaveBeenCalled();
  });

  it.each([
    "10.1/../../evil",
    "//evil.example/x",
    "@evil.example",
    "\\\\evil.example",
    "10.1?u=https://evil.example",
  ])("of an article stays at doi.org, whatever its identifier is: %s", (doi) => {
    const { article } = addressesOf(doi, undefined);
    expect(new URL(article!).host).toBe("doi.org");
  });
});

describe("no other address gets through the contract", () => {
  const checked = (request: unknown) =>
    checkRequest(shellRequestSchemas.openLink, limitsOf("openLink"), request);

  it.each<unknown>([
    {},
    { link: "https://evil.example/" },
    { link: "file:///etc/passwd" },
    { link: "" },
    { link: null },
    { link: ["article"] },
    { link: "ARTICLE" },
    { link: "__proto__" },
    { link: "constructor" },
    { link: "article", address: "https://evil.example/" },
    { address: "https://evil.example/" },
    "article",
    null,
  ])("%j", (request) => {
    expect(checked(request)).toMatchObject({ ok: false, code: "invalid-request" });
  });

  it("but the two by their names", () => {
    for (const link of LINKS) expect(checked({ link }).ok).toBe(true);
  });
});
