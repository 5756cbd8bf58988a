import type { IpcMainInvokeEvent, WebContents } from "electron";
import type { Mock } from "vitest";
import { vi } from "vitest";
import type { EndpointName, Failure, Result, ShellEndpointName } from "../../src-main/api/contract.ts";
import { requestSchemas, shellRequestSchemas } from "../../src-main/api/contract.ts";
import { bindToElectron } from "../../src-main/api/electronBinding.ts";
import type { Handlers } from "../../src-main/api/endpoints.ts";
import { isOwnPage, PAGE_URL } from "../../src-main/shell/resourcePath.ts";
import { handlers } from "./host.ts";

type Recorder = Mock<(request: unknown) => Promise<Result<never>>>;

export const CORE_ENDPOINTS = Object.keys(requestSchemas) as EndpointName[];
export const SHELL_ENDPOINTS = Object.keys(shellRequestSchemas) as ShellEndpointName[];

/** A shell that does nothing but record what reaches it; as many handlers as the contract has endpoints. */
export function recordingShell(): Record<ShellEndpointName, Recorder> {
  const handler = (): Recorder =>
    vi.fn(() => Promise.resolve({ ok: true, value: { saved: false } as never }));
  return Object.fromEntries(SHELL_ENDPOINTS.map((name) => [name, handler()])) as Record<
    ShellEndpointName,
    Recorder
  >;
}

const MAIN = { window: "main" } as unknown as WebContents;
const AUDIENCE = { window: "audience" } as unknown as WebContents;

/** Who sends a message: the one that is answered first, then all that are not. */
export const SENDERS = {
  page: { sender: MAIN, frame: { url: PAGE_URL, parent: null } },
  pageWithRoom: { sender: MAIN, frame: { url: `${PAGE_URL}#/board`, parent: null } },
  subframe: { sender: MAIN, frame: { url: PAGE_URL, parent: { url: PAGE_URL, parent: null } } },
  audience: { sender: AUDIENCE, frame: { url: PAGE_URL, parent: null } },
  blank: { sender: MAIN, frame: { url: "about:blank", parent: null } },
  srcdoc: { sender: MAIN, frame: { url: "about:srcdoc", parent: null } },
  noAddress: { sender: MAIN, frame: { url: "", parent: null } },
  otherScheme: { sender: MAIN, frame: { url: "https://hg-nen-prognosis/", parent: null } },
  otherHost: { sender: MAIN, frame: { url: "app://hg-nen-prognosis.example/", parent: null } },
  otherPort: { sender: MAIN, frame: { url: "app://hg-nen-prognosis:1/", parent: null } },
  otherUser: { sender: MAIN, frame: { url: "app://user@hg-nen-prognosis/", parent: null } },
  otherFile: { sender: MAIN, frame: { url: `${PAGE_URL}assets/x.svg`, parent: null } },
  file: { sender: MAIN, frame: { url: "file:///app.html", parent: null } },
  data: { sender: MAIN, frame: { url: "data:text/html,x", parent: null } },
  gone: { sender: MAIN, frame: null },
} as const;
export type Sender = keyof typeof SENDERS;
export const ANSWERED: readonly Sender[] = ["page", "pageWithRoom"];
export const UNANSWERED = (Object.keys(SENDERS) as Sender[]).filter((name) => !ANSWERED.includes(name));

/** The real binding with the real core, and a shell that records. `reached`: every handler's call, in order. */
export function recordingBinding(): {
  send: (sender: Sender, ...sent: unknown[]) => Promise<Result<unknown>>;
  reached: { endpoint: string; request: unknown }[];
} {
  const reached: { endpoint: string; request: unknown }[] = [];
  const recorded = (endpoint: string, handle: (request: never) => unknown) => (request: never) => {
    reached.push({ endpoint, request });
    return handle(request);
  };
  const recordAll = <T extends object>(table: T): T =>
    Object.fromEntries(
      Object.entries(table).map(([name, handle]: [string, (request: never) => unknown]) => [
        name,
        recorded(name, handle),
      ]),
    ) as T;
  let listener: ((event: IpcMainInvokeEvent, ...sent: unknown[]) => unknown) | undefined;
  bindToElectron(
    { handle: (_channel, given) => (listener = given) },
    { core: recordAll<Handlers>(handlers), shell: recordAll(recordingShell()) },
    { contents: MAIN, isOwnPage },
  );
  return {
    reached,
    send: async (name, ...sent) => {
      const { sender, frame } = SENDERS[name];
      const event = { sender, senderFrame: frame } as unknown as IpcMainInvokeEvent;
      return (await listener!(event, ...sent)) as Result<unknown>;
    },
  };
}

const MOST_ECHOED = 201;

/** What is wrong with an answer, by the contract: an error repeats little of what it refuses. */
export function flawOfAnswer(answer: Result<unknown>, codes: readonly string[]): string | null {
  if (typeof answer !== "object" || typeof answer.ok !== "boolean") return "no result";
  if (answer.ok) return Object.keys(answer).sort().join() === "ok,value" ? null : "more than a value";
  const { code, field, message, value, problems = [] }: Failure = answer;
  if (!codes.includes(code)) return `the code ${code}`;
  const texts = [message, field ?? "", ...problems.map((problem) => problem.field)];
  if (texts.some((text) => typeof text !== "string" || text.length > MOST_ECHOED)) return "a long text";
  const values = [value, ...problems.map((problem) => problem.value)];
  if (values.some((each) => typeof each === "object" && each !== null)) return "a value that is an object";
  if (values.some((each) => typeof each === "string" && each.length > MOST_ECHOED)) return "a long value";
  return null;
}
