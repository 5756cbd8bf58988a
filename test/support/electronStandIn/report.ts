/** What the stand-in tells the process that started it, as one message or printed line each. */
export type Report =
  /** a window is shown; a browser's debugging address on loopback */
  | { kind: "window"; endpoint: string }
  /** a request of a page, with the addresses that the app knows */
  | { kind: "request"; url: string }
  | { kind: "console"; text: string }
  | { kind: "error-box"; title: string; content: string };

export function report(message: Report): void {
  if (process.send) process.send(message);
  else console.log(JSON.stringify(message));
}
