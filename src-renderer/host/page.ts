/** What a host uses of the browser around it; tests put their own in its place. */
export type Page = Pick<
  Window & typeof globalThis,
  "addEventListener" | "document" | "location" | "navigator" | "open" | "print" | "setTimeout" | "URL"
>;

export const inBrowser: Page = globalThis.window;

/** Does something while the document has another title: printers and PDF files take theirs from it. */
export async function withTitle<T>({ document }: Page, title: string, task: () => Promise<T>): Promise<T> {
  const before = document.title;
  document.title = title;
  try {
    return await task();
  } finally {
    // Unless the room has been left meanwhile, and the title is another's.
    if (document.title === title) document.title = before;
  }
}

/** "Board of 3 May.pdf" as a title: "Board of 3 May". */
export const titleOf = (fileName: string): string => fileName.replace(/\.pdf$/i, "");
