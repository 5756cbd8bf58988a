import "fake-indexeddb/auto";
import { cleanup, render, screen, waitFor, within } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Policy, PolicyInForce, PolicyProblem } from "../../src-main/api/contract.ts";
import { NO_POLICY, STRICTEST, UNRESTRICTED } from "../../src-main/api/contract.ts";
import { board } from "../../src-main/words/board.ts";
import { screen as screenWords } from "../../src-main/words/screen.ts";
import { policy as words, restrictionLines } from "../../src-main/words/policy.ts";
import { store } from "../../src-main/words/store.ts";
import App from "../../src-renderer/App.svelte";
import { AppState } from "../../src-renderer/appState.svelte.ts";
import BoardRoom from "../../src-renderer/board/BoardRoom.svelte";
import CasesRoom from "../../src-renderer/cases/CasesRoom.svelte";
import { CasesState } from "../../src-renderer/cases/casesState.svelte.ts";
import { emptyContent } from "../../src-renderer/cases/content.ts";
import type { HostShell } from "../../src-renderer/host/host.svelte.ts";
import ArticleLink from "../../src-renderer/ui/ArticleLink.svelte";
import HelpDialog from "../../src-renderer/ui/HelpDialog.svelte";
import { localHost, memoryKeychain } from "../support/host.ts";

/** jsdom has no canvas: what is drawn is tested as data in view.test.ts, and as pixels in a browser. */
vi.mock("../../src-renderer/chart/canvas.ts", async (original) => ({
  ...(await original<object>()),
  Chart: class {
    data: unknown;
    options: unknown;
    update(): void {
      // nothing to draw on
    }
    draw(): void {
      // nothing to draw on
    }
    destroy(): void {
      // nothing was drawn
    }
  },
}));

const user = userEvent.setup();

/** What jsdom lacks. */
beforeAll(() => {
  Object.defineProperty(document, "fonts", { value: { ready: Promise.resolve() } });
  window.matchMedia = () => new EventTarget() as MediaQueryList;
  Object.assign(HTMLDialogElement.prototype, {
    showModal(this: HTMLDialogElement) {
      this.open = true;
    },
    close(this: HTMLDialogElement) {
      this.open = false;
      this.dispatchEvent(new Event("close"));
    },
  });
  Object.assign(Element.prototype, { scrollIntoView: () => undefined });
});
afterEach(() => {
  location.hash = "";
  vi.restoreAllMocks();
});

const FILE = "/etc/hg-nen-prognosis/policy.json";
const decided = (policy: Partial<Policy>, problems: PolicyProblem[] = []): PolicyInForce => ({
  policy: { ...UNRESTRICTED, ...policy },
  files: [FILE],
  problems,
});
const hostUnder = (inForce: PolicyInForce, shell: Partial<HostShell> = {}) =>
  localHost(undefined, { policy: () => Promise.resolve({ ok: true, value: inForce }), ...shell });

/** What is in force where a file cannot be understood. */
const UNREAD = decided(STRICTEST, [{ file: FILE, field: "exports", value: '"some"', reason: "bad-value" }]);

async function appUnder(
  policy: Partial<Policy> | PolicyInForce,
  shell: Partial<HostShell> = {},
): Promise<AppState> {
  const app = new AppState(hostUnder("problems" in policy ? policy : decided(policy), shell));
  await app.load();
  return app;
}

/** The Cases room with one synthetic case in a sitting. */
async function sitting(policy: Partial<Policy> | PolicyInForce, place = ""): Promise<AppState> {
  const app = await appUnder(policy);
  const cases = await app.loadCases();
  await cases.createForSitting();
  await cases.newCase({ ...emptyContent(0), label: "A synthetic one" });
  render(CasesRoom, { app, place });
  return app;
}

describe("what an administrator has decided", () => {
  it("is asked once, and known before the cases are looked at", async () => {
    const policy = vi.fn(() => Promise.resolve({ ok: true as const, value: decided({ storage: false }) }));
    const app = new AppState(localHost(undefined, { policy }));
    expect(app.inForce).toBe(NO_POLICY);
    const cases = await app.loadCases();
    await app.load();
    expect(policy).toHaveBeenCalledOnce();
    expect(cases.phase).toEqual({ kind: "new" });
    expect(cases.policy.storage).toBe(false);
  });

  it("is everything, where the host does not say", async () => {
    const policy = () =>
      Promise.resolve({ ok: false as const, code: "internal" as const, message: "broken" });
    const app = new AppState(localHost(undefined, { policy }));
    await app.load();
    expect(app.policy).toEqual(STRICTEST);
    expect(app.inForce.problems).toMatchObject([{ reason: "unreadable", value: "broken" }]);
  });

  it("is said in a sentence each, and what follows from another is not said", () => {
    expect(restrictionLines(UNRESTRICTED)).toEqual([]);
    const most = { exports: "encrypted", keychain: false, links: false, lockAfterMinutes: 1 } as const;
    expect(restrictionLines({ ...UNRESTRICTED, ...most })).toEqual([
      words.restrictions.exports.encrypted,
      words.restrictions.keychain,
      words.restrictions.links,
      "Cases lock after at most 1\u00a0minute without use.",
    ]);
    expect(restrictionLines(STRICTEST)).toEqual([
      words.restrictions.storage,
      words.restrictions.exports.none,
      words.restrictions.links,
    ]);
  });

  it("stands beside the versions, and nothing does where nobody has decided anything", () => {
    const means = { host: localHost(), about: null, ondiagnose: () => undefined };
    const { rerender, container } = render(HelpDialog, { ...means, inForce: NO_POLICY });
    expect(container).not.toHaveTextContent(words.decided);
    void rerender({ ...means, inForce: decided({ links: false }) });
    return waitFor(() =>
      expect(container).toHaveTextContent(`${words.decided}: ${words.restrictions.links} From: ${FILE}`),
    );
  });
});

describe("a policy that cannot be understood", () => {
  const problems: PolicyProblem[] = [
    { file: FILE, field: "exports", value: '"some"', reason: "bad-value" },
    { file: FILE, field: "exportz", value: '"none"', reason: "unknown-field" },
    { file: "/other/policy.json", field: null, value: "Unexpected token }", reason: "not-json" },
  ];

  it("is named in every room, with file, field and value, and what is off therefore", async () => {
    const app = render(App, { host: hostUnder({ ...decided(STRICTEST, problems) }) });
    const banner = await screen.findByRole("alert");
    expect(banner).toHaveTextContent(words.banner.title);
    await user.click(within(banner).getByText(words.banner.more));
    const items = within(banner)
      .getAllByRole("listitem")
      .map(({ textContent }) => textContent.replace(/\s+/g, " ").trim());
    expect(items).toEqual([
      'field exports, value "some": the value is not allowed',
      'field exportz, value "none": there is no such field',
      "the file is not valid JSON: Unexpected token }",
      ...restrictionLines(STRICTEST),
    ]);
    for (const file of [FILE, "/other/policy.json"]) expect(within(banner).getByText(file)).toBeVisible();
    // It can be folded up, and nothing takes it away.
    expect(within(banner).queryByRole("button")).toBeNull();
    location.hash = "#/board";
    await screen.findByRole("heading", { name: /Slides/ });
    expect(banner).toBeVisible();
    app.unmount();
  });

  it.each([
    [768, false],
    [900, true],
  ])("in a window %d px high, what is wrong is unfolded from the start: %s", async (height, open) => {
    vi.spyOn(window, "innerHeight", "get").mockReturnValue(height);
    const app = render(App, { host: hostUnder(UNREAD) });
    const banner = await screen.findByRole("alert");
    expect(within(banner).getByText(words.banner.title)).toBeVisible();
    expect(within(banner).getByRole("group").hasAttribute("open")).toBe(open);
    app.unmount();
  });

  it("is not put down to an administrator, who has not decided it", async () => {
    const { container, unmount } = render(HelpDialog, {
      host: hostUnder(UNREAD),
      about: null,
      inForce: UNREAD,
      ondiagnose: () => undefined,
    });
    expect(container).toHaveTextContent(`${words.decidedUnread}: ${words.restrictions.storage}`);
    expect(container).not.toHaveTextContent(words.decided);
    unmount();

    const app = await appUnder(UNREAD);
    render(CasesRoom, { app, place: "" });
    expect(await screen.findByText(words.storageOff.unread)).toBeVisible();
    expect(screen.queryByText(words.storageOff.decided)).toBeNull();
  });

  it("locks what leaves a sitting, and says until when", async () => {
    await sitting(UNREAD, "settings");
    expect(screen.getByText(words.unread.storage)).toBeVisible();
    cleanup();
    await sitting(UNREAD);
    const button = screen.getByRole("button", { name: "Export…" });
    expect(button).toHaveAccessibleDescription(words.unread.exports);
    await user.click(button);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("and one that is understood has no banner", async () => {
    const { container } = render(App, { host: hostUnder(decided(STRICTEST)) });
    await screen.findByRole("form");
    expect(container).not.toHaveTextContent(words.banner.title);
  });
});

describe("the Cases room where nothing may be stored", () => {
  it("says so, offers this sitting and nothing that would store, and looks at no database", async () => {
    const opened = vi.spyOn(indexedDB, "open");
    const app = await appUnder({ storage: false, exports: "none" });
    render(CasesRoom, { app, place: "" });
    expect(await screen.findByRole("heading", { name: words.storageOff.title })).toBeVisible();
    expect(screen.getByText(words.storageOff.keep.none)).toBeVisible();
    expect(screen.getByText(words.storageOff.decided)).toBeVisible();
    expect(screen.getAllByRole("button").map(({ textContent }) => textContent.trim())).toEqual([
      words.storageOff.start,
    ]);
    await user.click(screen.getByRole("button", { name: words.storageOff.start }));
    expect(await screen.findByRole("heading", { name: "No case yet" })).toBeVisible();
    expect(app.cases!.durable).toBe(false);
    expect(opened).not.toHaveBeenCalled();
  });

  it("says the same again after the sitting is erased, and does not claim that the disk is empty", async () => {
    const app = await sitting({ storage: false }, "settings");
    expect(screen.getByText(words.fixed.storage)).toBeVisible();
    await user.click(screen.getByRole("button", { name: store.settings.erase.begin }));
    await user.type(await screen.findByLabelText(store.typedLabel(store.typed.erase)), store.typed.erase);
    await user.click(screen.getByRole("button", { name: store.settings.erase.go }));
    expect(await screen.findByText(words.storageOff.erased)).toBeVisible();
    expect(screen.queryByText(store.erased.title)).toBeNull();
    expect(app.cases!.phase).toEqual({ kind: "new" });
  });
});

describe("exports", () => {
  const isForbidden = (name: string, reason: string): void => {
    const button = screen.getByRole("button", { name });
    expect(button).toHaveAttribute("aria-disabled", "true");
    // Not the attribute that takes a button out of the order of the keys.
    expect(button).toBeEnabled();
    expect(button).toHaveAccessibleDescription(reason);
  };

  it("of a case and of chosen ones do nothing, and say why", async () => {
    await sitting({ exports: "none" });
    isForbidden("Export…", words.forbidden.none);
    await user.click(screen.getByRole("button", { name: "Export…" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.click(screen.getByRole("checkbox", { name: /Choose “A synthetic one”/ }));
    for (const button of screen.getAllByRole("button", { name: "Export…" }))
      expect(button).toHaveAccessibleDescription(words.forbidden.none);
  });

  it("of all cases of a sitting do nothing, and nobody is told to export them", async () => {
    await sitting({ storage: false, exports: "none" }, "backups");
    isForbidden(store.backups.sitting.save, words.forbidden.none);
    expect(screen.queryByText(new RegExp(store.backups.sitting.export))).toBeNull();
    cleanup();
    await sitting({ storage: false }, "backups");
    expect(screen.getByRole("button", { name: store.backups.sitting.save })).not.toHaveAttribute(
      "aria-disabled",
    );
    expect(screen.getByText(new RegExp(store.backups.sitting.export))).toBeVisible();
  });

  it("say why until the pointer or the focus leaves, or Esc is pressed", async () => {
    await sitting({ exports: "none" });
    const button = screen.getByRole("button", { name: "Export…" });
    const reason = screen.getByRole("tooltip", { hidden: true });
    const isShown = (): boolean => reason.parentElement!.classList.contains("shown");
    expect(isShown()).toBe(false);
    await user.hover(button);
    expect(isShown()).toBe(true);
    // Esc takes the reason away, and leaves the case that it would close otherwise.
    await user.keyboard("{Escape}");
    expect(isShown()).toBe(false);
    expect(button).toBeInTheDocument();
    await user.click(button);
    expect(isShown()).toBe(true);
    await user.unhover(button);
    expect(isShown()).toBe(false);
  });

  it("say why within the window, wherever the button stands", async () => {
    const box = (left: number, top: number, width: number, height: number) =>
      new DOMRect(left, top, width, height);
    vi.spyOn(document.documentElement, "clientWidth", "get").mockReturnValue(1000);
    vi.spyOn(document.documentElement, "clientHeight", "get").mockReturnValue(600);
    await sitting({ exports: "none" });
    const button = screen.getByRole("button", { name: "Export…" });
    const reason = screen.getByRole("tooltip", { hidden: true }).parentElement!;
    const at = vi.spyOn(button, "getBoundingClientRect");
    vi.spyOn(reason, "getBoundingClientRect").mockImplementation(() =>
      box(parseFloat(reason.style.left), parseFloat(reason.style.top), 300, 40),
    );
    for (const [left, top, shown] of [
      // Below the button, and flush with one of its edges where it can be.
      [200, 100, ["200px", "130px"]],
      [850, 100, ["630px", "130px"]],
      [-5, 100, ["16px", "130px"]],
      [950, 100, ["684px", "130px"]],
      // Above it, where there is no room below.
      [200, 560, ["200px", "520px"]],
    ] as const) {
      at.mockReturnValue(box(left, top, 80, 30));
      await user.hover(button);
      expect([reason.style.left, reason.style.top]).toEqual(shown);
      await user.unhover(button);
    }
  });

  it("of cases are encrypted only, where a policy says so", async () => {
    await sitting({ exports: "encrypted" });
    await user.click(screen.getByRole("button", { name: "Export…" }));
    const dialog = await screen.findByRole("dialog");
    expect(within(dialog).getByRole("radio", { name: /Encrypted file/ })).toBeChecked();
    for (const name of [/Plain JSON/, /Plain CSV/]) {
      expect(within(dialog).getByRole("radio", { name })).toBeDisabled();
      expect(within(dialog).getByRole("radio", { name })).toHaveAccessibleDescription(
        words.forbidden.encrypted,
      );
    }
    // A printer may write a file.
    expect(within(dialog).queryByRole("button", { name: store.passphrase.print })).toBeNull();
    expect(within(dialog).getByRole("button", { name: store.passphrase.copy })).toBeVisible();
  });

  it("are all there without a policy", async () => {
    await sitting({});
    await user.click(screen.getByRole("button", { name: "Export…" }));
    const dialog = await screen.findByRole("dialog");
    for (const radio of within(dialog).getAllByRole("radio", { name: /Plain|Encrypted/ }))
      expect(radio).toBeEnabled();
    expect(within(dialog).getByRole("button", { name: store.passphrase.print })).toBeVisible();
  });

  it.each(["none", "encrypted"] as const)("of the board do nothing (%s)", async (exports) => {
    const app = await appUnder({ exports });
    render(BoardRoom, { app, place: "" });
    // What cannot be had is not promised.
    expect(await screen.findByText(board.room.emptyText(false))).toBeVisible();
    expect(screen.queryByText(/PowerPoint/)).toBeNull();
    await user.click(await screen.findByRole("button", { name: "Add synthetic examples" }));
    await screen.findByRole("button", { name: "Save the slides" });
    isForbidden("Save the slides", words.forbidden[exports]);
    expect(screen.queryByRole("button", { name: /PPTX|PDF/ })).toBeNull();
    expect(screen.getByText(words.boardGone)).toBeVisible();
  });

  it("of an estimate do nothing, and say why", async () => {
    render(App, { host: hostUnder(decided({ exports: "none" })) });
    await screen.findByRole("form");
    await user.click(screen.getByRole("radio", { name: "NEC" }));
    await user.type(screen.getByRole("textbox", { name: /Age/ }), "67");
    await user.click(screen.getByRole("radio", { name: "1" }));
    await screen.findByRole("button", { name: screenWords.actions.export });
    isForbidden(screenWords.actions.export, words.forbidden.none);
  });
});

describe("the article", () => {
  const shown = (inForce: PolicyInForce) =>
    render(ArticleLink, { host: hostUnder(inForce), doi: "10.1000/synthetic", inForce });

  it("is named where no link is opened, and there is nothing to press", () => {
    shown(decided({ links: false }));
    expect(
      screen.getByText(screenWords.articleLink.forbidden("10.1000/synthetic", words.forbidden.links)),
    ).toBeVisible();
    expect(screen.queryByRole("button")).toBeNull();
    cleanup();
    shown(UNREAD);
    expect(
      screen.getByText(screenWords.articleLink.forbidden("10.1000/synthetic", words.unread.links)),
    ).toBeVisible();
  });

  it("is opened where nobody forbids it", () => {
    shown(NO_POLICY);
    expect(screen.getByRole("button")).toBeEnabled();
  });
});

describe("the lock", () => {
  const casesUnder = (policy: Partial<Policy>): CasesState =>
    new CasesState({
      host: localHost(),
      about: () => null,
      inForce: () => decided(policy),
    });

  it.each([
    [null, 15, 15],
    [null, 0, 0],
    [10, 15, 10],
    [10, 5, 5],
    [10, 0, 10],
    [60, 60, 60],
  ])("at most %s minutes, of the user's %s, is %s", async (most, own, minutes) => {
    const cases = casesUnder({ lockAfterMinutes: most });
    await cases.createForSitting();
    await cases.changeSettings({ idleMinutes: own });
    expect(cases.idleMinutes).toBe(minutes);
    // What the user has chosen is there again when the policy is not.
    expect(cases.settings.idleMinutes).toBe(own);
  });
});

describe("the keychain", () => {
  const forbidding: Partial<HostShell> = {
    keychain: () => Promise.resolve({ ok: true, value: { available: false, reason: "policy" } }),
  };

  it("is not offered for a new store, and the reason is said", async () => {
    const app = await appUnder({ keychain: false }, forbidding);
    const cases = await app.loadCases();
    render(CasesRoom, { app, place: "" });
    if (cases.phase.kind !== "new") expect.fail(cases.phase.kind);
    expect(await screen.findByText(store.setUp.keychainOff)).toBeVisible();
    expect(screen.queryByText(store.setUp.noKeychain)).toBeNull();
  });

  it("loses its copy of the key when the passphrase opens the store", async () => {
    const database = `policy ${crypto.randomUUID()}`;
    const keychain = memoryKeychain();
    const open = (policy: Partial<Policy>, shell: Partial<HostShell>): CasesState =>
      new CasesState({
        host: localHost(undefined, shell),
        about: () => null,
        inForce: () => decided(policy),
        database,
        iterations: 1,
      });
    const before = open({}, keychain);
    await before.start();
    await before.create("a synthetic passphrase");
    expect(before.header!.keychain).not.toBeNull();
    await before.close();

    const wrapKey = vi.fn(keychain.wrapKey);
    const under = open({ keychain: false }, { ...forbidding, wrapKey });
    await under.start();
    expect(under.phase).toEqual({ kind: "locked", why: "keychain-off", byKeychain: false });
    // Until then it is left alone: the passphrase may be far away, and the policy a mistake.
    expect(under.header!.keychain).not.toBeNull();
    await under.unlock("a synthetic passphrase");
    expect(under.phase.kind).toBe("open");
    expect(under.header!.keychain).toBeNull();
    expect(wrapKey).not.toHaveBeenCalled();
    await under.close();
  });
});
