/** What a user has dropped on the window. */
export type Dropped =
  | { kind: "file"; file: File }
  | { kind: "several"; count: number }
  | { kind: "folder"; name: string }
  /** a picture out of another program, for one, that is no file */
  | { kind: "nothing" };

interface Means {
  /** nothing is taken now: slides are shown, or a question waits for its answer */
  quiet: () => boolean;
  ondropped: (dropped: Dropped) => void;
}

const TEXT_FIELDS = "textarea, input:is([type=text], [type=search], [type=password], :not([type]))";

/**
 * Files that are dragged over the window, wherever. SECURITY: what is dropped never takes the place of the page, as
 * browsers would have it: no file, no link, no picture. A field for text takes text; a place of its own takes what it
 * asks for, and has prevented the event before it comes here.
 */
export class Dropping {
  /** a file is over the window, and letting it go would open it */
  over = $state(false);
  readonly #means: Means;

  constructor(means: Means) {
    this.#means = means;
  }

  /** Of "dragenter" and "dragover". */
  readonly dragover = (event: DragEvent): void => {
    const elsewhere = event.defaultPrevented;
    const takes = !elsewhere && this.#takes(event);
    this.over = takes;
    if (elsewhere || isText(event)) return;
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = takes ? "copy" : "none";
  };

  readonly dragleave = ({ relatedTarget }: DragEvent): void => {
    // Out of the window, and not from one element to the next.
    if (relatedTarget === null) this.over = false;
  };

  readonly drop = (event: DragEvent): void => {
    const takes = !event.defaultPrevented && this.#takes(event);
    this.over = false;
    if (event.defaultPrevented || isText(event)) return;
    event.preventDefault();
    if (takes && event.dataTransfer) this.#means.ondropped(droppedIn(event.dataTransfer));
  };

  #takes({ dataTransfer }: DragEvent): boolean {
    return !this.#means.quiet() && hasFiles(dataTransfer);
  }
}

const hasFiles = (data: DataTransfer | null): boolean => data?.types.includes("Files") ?? false;

/** Text that is dragged over a field for text. */
const isText = ({ target, dataTransfer }: DragEvent): boolean =>
  !hasFiles(dataTransfer) && target instanceof HTMLElement && target.matches(TEXT_FIELDS);

/** Read at once: it is empty as soon as the event is over. */
export function droppedIn(data: DataTransfer): Dropped {
  const files = [...data.files];
  const [file] = files;
  if (!file) return { kind: "nothing" };
  if (files.length > 1) return { kind: "several", count: files.length };
  const item = [...data.items].find(({ kind }) => kind === "file");
  return item?.webkitGetAsEntry()?.isDirectory ? { kind: "folder", name: file.name } : { kind: "file", file };
}
