/** A compromised page, frame and window in a real Chromium: what they send to the main process, and ask of the protocol. */
import { Script } from "node:vm";
import fc from "fast-check";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bridge, Result } from "../../src-main/api/contract.ts";
import { BRIDGE, CHANNEL, ERROR_CODES } from "../../src-main/api/contract.ts";
import type { DesktopEdition } from "../support/desktop.ts";
import { openDesktop } from "../support/desktop.ts";
import { BINDING } from "../support/electronStandIn/preloadWorld.ts";
import { flawOfAnswer } from "../support/ipc.ts";
import { message, SEED } from "../support/randomIpc.ts";

/** The number of messages that are sent from the page. */
const MESSAGES = 500;
/** Who answers these would wait for somebody at a dialog, or for something to happen, or would close what is open. */
const WAITING = [
  "saveFile",
  "savePdf",
  "openProjector",
  "openLink",
  "chooseFile",
  "nextEvent",
  "deleteBackups",
];

let edition: DesktopEdition;
let page: Page;

beforeAll(async () => {
  edition = await openDesktop();
  page = edition.page;
});
afterAll(() => edition.close());

/** As the text of a program that makes it: no other way carries maps, gaps and own `__proto__` fields into a page. */
function asSource(sent: unknown[]): string | null {
  const source = fc.stringify(sent);
  if (source.includes("[cyclic]") || source.includes("<")) return null;
  try {
    // Read, and not run.
    new Script(`(${source})`);
    return source;
  } catch {
    return null;
  }
}

function sources(count: number): string[] {
  const found: string[] = [];
  for (let seed = SEED; found.length < count; seed++) {
    for (const sent of fc.sample(message, { numRuns: count, seed })) {
      const source = WAITING.includes(sent[0] as string) ? null : asSource(sent);
      if (source !== null && found.length < count) found.push(source);
    }
  }
  return found;
}

interface Sent {
  answers: Result<unknown>[];
  /** the page's own clone could not be made: nothing was sent */
  unsent: number;
}

it(`answers ${MESSAGES} random messages of its page with values, and goes on`, async () => {
  const script = `(async () => {
    const bridge = globalThis[${JSON.stringify(BRIDGE)}];
    const answers = [];
    let unsent = 0;
    for (const make of [${sources(MESSAGES)
      .map((source) => `() => (${source})`)
      .join(",\n")}]) {
      try {
        const answer = await bridge.invoke(...make());
        // Values of an estimate are not looked at here, and are many.
        answers.push(answer && answer.ok === true ? { ok: true, value: null } : answer);
      } catch (error) {
        if (!/clone/i.test(String(error))) throw error;
        unsent++;
      }
    }
    return { answers, unsent };
  })()`;
  const { answers, unsent } = await page.evaluate<Sent>(script);
  expect(answers.length + unsent).toBe(MESSAGES);
  expect(answers.length).toBeGreaterThan(0.9 * MESSAGES);
  for (const answer of answers) expect(flawOfAnswer(answer, ERROR_CODES)).toBeNull();
  const outcomes = answers.map((answer) => (answer.ok ? "answered" : answer.code));
  for (const outcome of ["answered", "invalid-patient", "invalid-request", "unknown-endpoint"])
    expect(outcomes).toContain(outcome);
  expect(outcomes).not.toContain("internal");

  const about = await page.evaluate(
    (name) => (globalThis as unknown as Record<string, Bridge>)[name]!.invoke("about", {}),
    BRIDGE,
  );
  expect(about).toMatchObject({ ok: true, value: { study: "nordic-nec-2" } });
});

/** Endpoints with right requests: what would be answered if it came from the page itself. */
const RIGHT: [endpoint: string, request: unknown][] = [
  ["about", {}],
  ["study", {}],
  ["estimate", { patient: { tumour: "NEC", ageYears: 67, ecogPs: 1 } }],
  ["keychain", {}],
  ["listBackups", {}],
  ["policy", {}],
  ["diagnostics", {}],
  ["openLink", { link: "article" }],
  ["savePdf", { name: "a" }],
  ["chooseFile", {}],
];

/** What a frame or window finds of the bridge, and what it is answered where it gets hold of the channel. */
const attempt = async ([bridge, binding, channel, messages]: readonly [
  string,
  string,
  string,
  [string, unknown][],
]): Promise<{ bridge: string; answers: unknown[] | null }> => {
  const world = globalThis as unknown as Record<string, unknown>;
  const send = world[binding] as ((channel: string, args: unknown[]) => Promise<unknown>) | undefined;
  return {
    bridge: typeof world[bridge],
    answers: send ? await Promise.all(messages.map((sent) => send(channel, sent))) : null,
  };
};
const ARGUMENTS = [BRIDGE, BINDING, CHANNEL, RIGHT] as const;

/** Electron leaves neither a channel; the stand-in leaves them one for this. */
function expectNothing({ bridge, answers }: Awaited<ReturnType<typeof attempt>>): void {
  expect(bridge).toBe("undefined");
  if (!edition.standIn) return expect(answers).toBeNull();
  expect(answers).toEqual(
    RIGHT.map(() => ({
      ok: true,
      value: expect.objectContaining({ ok: false, code: "refused" }) as unknown,
    })),
  );
  expect(edition.standIn.all("save-dialog")).toEqual([]);
  expect(edition.standIn.all("message-box")).toEqual([]);
}

describe("what is not the main frame of the main window is answered nothing:", () => {
  it("a frame of the page's own origin", async () => {
    await page.evaluate(() => {
      document.body.append(Object.assign(document.createElement("iframe"), { name: "hostile" }));
    });
    const frame = page.frames().find((each) => each.name() === "hostile")!;
    expectNothing(await frame.evaluate(attempt, ARGUMENTS));
    await page.evaluate(() => document.querySelector("iframe")!.remove());
  });

  it("the audience's window", async () => {
    const [audience] = await Promise.all([
      page.context().waitForEvent("page"),
      page.evaluate(
        (name) => (globalThis as unknown as Record<string, Bridge>)[name]!.invoke("openProjector", {}),
        BRIDGE,
      ),
    ]);
    await audience.waitForURL(/#\/board\/projector$/);
    expectNothing(await audience.evaluate(attempt, ARGUMENTS));
  });
});

describe("the protocol gives the page's scripts no file but the page's own:", () => {
  const PATHS = [
    ...["../main/main.js", "../../package.json", "../preload/preload.cjs", "assets/../../main/main.js"],
    ...["%2e%2e/main/main.js", "%2E%2E/%2E%2E/package.json", "..%2fmain%2fmain.js", "..%5cmain%5cmain.js"],
    ...["%252e%252e/main/main.js", "%c0%ae%c0%ae/main/main.js", "..%c0%afmain/main.js", "%e0%80%ae./main.js"],
    ...["..\\main\\main.js", "\\..\\..\\package.json", "//etc/passwd", "///etc/passwd", "/etc/passwd"],
    ...[
      "C:/Windows/win.ini",
      "C%3A/Windows/win.ini",
      "%5c%5cserver%5cshare",
      "app.html::$DATA",
      "nul",
      "aux.js",
    ],
    ...[
      "app.html%00",
      "app.html%20",
      "app.html.",
      "app.html;v=1",
      ".git/config",
      "\uff0e\uff0e/main/main.js",
    ],
    ...["assets/", "assets", "*", "~/x", "index.html/../../main/main.js", "a".repeat(5000)],
  ];

  it.each(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])("by %s", async (method) => {
    const answers = await page.evaluate(
      async ([paths, method]) => {
        const base = location.href.split("#")[0]!;
        const own = await (await fetch(base)).text();
        return Promise.all(
          paths.map(async (path) => {
            try {
              const response = await fetch(base + path, { method, headers: { Range: "bytes=0-99" } });
              const text = await response.text();
              return { path, status: response.status, own: text === own, text: text.slice(0, 40) };
            } catch {
              return { path, status: 0, own: false, text: "" };
            }
          }),
        );
      },
      [PATHS, method] as const,
    );
    expect(answers).toHaveLength(PATHS.length);
    const given = answers.filter(({ status, own }) => status >= 200 && status < 300 && !own);
    expect(given).toEqual([]);
    for (const { text } of answers.filter(({ status }) => status >= 400))
      expect(text).toMatch(/^(?:Not found|Method not allowed)?$/);
  });

  it.each([
    "file:///etc/passwd",
    "app://evil/app.html",
    "app://hg-nen-prognosis:80/app.html",
    "app://user@hg-nen-prognosis/app.html",
    "chrome://version/",
    "devtools://devtools/bundled/inspector.html",
    "blob:app://hg-nen-prognosis/0",
    "filesystem:app://hg-nen-prognosis/temporary/x",
    "view-source:app://hg-nen-prognosis/",
    "\\\\server\\share\\file",
    "//server/share/file",
  ])("not by %s", async (address) => {
    const outcome = await page.evaluate(
      (url) =>
        fetch(url).then(
          ({ status }) => (status === 404 ? "refused" : `${status}`),
          () => "refused",
        ),
      address,
    );
    expect(outcome).toBe("refused");
  });
});
