import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, it, vi } from "vitest";
import type { MenuCommand } from "../../src-main/api/contract.ts";
import type { MenuMeans } from "../../src-main/shell/menu.ts";
import { menuTemplate } from "../../src-main/shell/menu.ts";
import { desktop } from "../../src-main/words/menu.ts";
import { screen } from "../../src-main/words/screen.ts";

type Item = MenuItemConstructorOptions;

const PLATFORMS = ["linux", "win32", "darwin"] as const;
/** What the page does with Alt and a letter or a digit: App.svelte. */
const KEYS_OF_PAGE = ["1", "2", "3", "4", "5", "6", "L", "O", "P"];

function menu(own: Partial<MenuMeans> = {}) {
  const does = {
    open: vi.fn(),
    openRecent: vi.fn(),
    clearRecent: vi.fn(),
    print: vi.fn(),
    openLink: vi.fn(),
    command: vi.fn(),
  };
  const template = menuTemplate({
    platform: "linux",
    developer: false,
    labels: desktop.menu,
    recent: [],
    why: "decided",
    links: ["article", "project"],
    saves: true,
    ...does,
    ...own,
  });
  const all = template.flatMap(itemsOf);
  const find = (id: string): Item => {
    const found = all.filter((item) => item.id === id);
    expect(found, id).toHaveLength(1);
    return found[0]!;
  };
  const click = (item: Item): void => (item.click as unknown as () => void)();
  return { template, all, find, does, click, roles: all.map(({ role }) => role) };
}

const below = ({ submenu }: Item): Item[] => (Array.isArray(submenu) ? submenu : []);
const itemsOf = (item: Item): Item[] => [item, ...below(item).flatMap(itemsOf)];
const mnemonicOf = (label = ""): string | undefined => /&([^&])/.exec(label)?.[1]?.toUpperCase();

describe.each(PLATFORMS)("the menu on %s", (platform) => {
  it("has the menus that the system's programs have, in their order", () => {
    const { template } = menu({ platform });
    const common = ["&File", "&Edit", "&View", "&Window", "&Help"];
    expect(template.map(({ label, role }) => label ?? role)).toEqual(
      platform === "darwin" ? ["appMenu", ...common] : common,
    );
  });

  it("ends the program, or closes its window, from the file menu", () => {
    const { roles } = menu({ platform });
    expect(roles.filter((role) => role === "quit" || role === "close")).toEqual([
      platform === "darwin" ? "close" : "quit",
    ]);
  });

  it("reloads and inspects for developers only", () => {
    expect(menu({ platform, developer: true }).roles).toEqual(
      expect.arrayContaining(["reload", "toggleDevTools"]),
    );
    const { roles } = menu({ platform });
    expect(roles).not.toContain("reload");
    expect(roles).not.toContain("toggleDevTools");
  });

  it("shows once what the program is", () => {
    const { roles } = menu({ platform });
    expect(roles.filter((role) => role === "appMenu" || role === "about")).toEqual([
      platform === "darwin" ? "appMenu" : "about",
    ]);
  });

  it("edits, zooms and fills the screen as the system does", () => {
    expect(menu({ platform }).roles).toEqual(
      expect.arrayContaining([
        "editMenu",
        "resetZoom",
        "zoomIn",
        "zoomOut",
        "togglefullscreen",
        "windowMenu",
      ]),
    );
  });

  it("gives each menu its own letters, and none that the page has with Alt", () => {
    const { template, all } = menu({ platform });
    const first = template.map(({ label }) => mnemonicOf(label)).filter((letter) => letter !== undefined);
    expect(first).toHaveLength(5);
    expect(first.filter((letter) => KEYS_OF_PAGE.includes(letter))).toEqual([]);
    for (const items of [template, ...all.map(below)]) {
      const letters = items.map(({ label }) => mnemonicOf(label)).filter((letter) => letter !== undefined);
      expect(new Set(letters).size, letters.join()).toBe(letters.length);
    }
  });

  it("has each key once", () => {
    const keys = menu({ platform }).all.flatMap(({ accelerator }) => accelerator ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe("the menu", () => {
  it("shows the page's keys and leaves them to the page", () => {
    const { all } = menu();
    const shown = all.filter(({ accelerator }) => accelerator?.startsWith("Alt+"));
    expect(shown.map(({ id, accelerator }) => [id, accelerator])).toEqual([
      ["lock", "Alt+L"],
      ["estimate", "Alt+1"],
      ["compare", "Alt+2"],
      ["board", "Alt+3"],
      ["cases", "Alt+4"],
      ["published", "Alt+5"],
      ["model", "Alt+6"],
    ]);
    expect(shown.map(({ registerAccelerator }) => registerAccelerator)).not.toContain(true);
    expect(shown.map(({ registerAccelerator }) => registerAccelerator)).not.toContain(undefined);
  });

  it("calls the rooms what the page calls them", () => {
    const { find } = menu();
    for (const [room, name] of Object.entries(screen.rooms.names)) {
      expect(find(room).label!.replace("&", "")).toBe(name);
    }
  });

  it.each<MenuCommand>([
    ...(["estimate", "compare", "board", "cases", "published", "model"] as const),
    ...(["save-board", "lock", "keys", "diagnostics"] as const),
  ])("asks the page for %s", (id) => {
    const { find, click, does } = menu();
    click(find(id));
    expect(does.command.mock.calls).toEqual([[id]]);
  });

  it("opens and prints by itself", () => {
    const { find, click, does } = menu();
    expect(find("open").accelerator).toBe("CommandOrControl+O");
    click(find("open"));
    expect(does.open).toHaveBeenCalledOnce();
    expect(find("print").accelerator).toBe("CommandOrControl+P");
    click(find("print"));
    expect(does.print).toHaveBeenCalledOnce();
    expect(does.command).not.toHaveBeenCalled();
  });

  it("offers nothing that is forbidden, and says who forbids it or why it is", () => {
    const none = { saves: false, print: null, openLink: null };
    const { find } = menu(none);
    expect([find("save-board"), find("print"), find("article")]).toMatchObject([
      { enabled: false, label: "Save board: switched off by your administrator" },
      { enabled: false, label: "Print: switched off by your administrator" },
      { enabled: false, label: "The article: switched off by your administrator" },
    ]);
    expect(find("open")).not.toHaveProperty("enabled");
    // What a file says that cannot be understood, nobody has decided.
    const unread = menu({ ...none, why: "unread" });
    expect(unread.find("print").label).toBe("Print: off until your administrator’s settings can be read");
    for (const id of ["save-board", "print", "article"]) {
      expect(menu().find(id)).not.toHaveProperty("enabled");
    }
  });

  it("has the links that there are", () => {
    const { all, find, click, does } = menu({ links: ["article"] });
    expect(all.some(({ id }) => id === "project")).toBe(false);
    click(find("article"));
    expect(does.openLink.mock.calls).toEqual([["article"]]);
    expect(menu().find("project").label).toBe(desktop.menu.project);
    const help = below(menu({ links: [] }).template.at(-1)!).map(({ id, type }) => id ?? type);
    expect(help.slice(0, 3)).toEqual(["keys", "separator", "diagnostics"]);
  });

  it("lists the files that were opened last by their whole paths", () => {
    const { find, click, does } = menu({ recent: ["/a/Tues & Wed.nenboard", "/b/x.hgnencases"] });
    const items = below(find("recent"));
    expect(items.map(({ label, type }) => label ?? type)).toEqual([
      "/a/Tues && Wed.nenboard",
      "/b/x.hgnencases",
      "separator",
      "&Clear list",
    ]);
    click(items[0]!);
    expect(does.openRecent.mock.calls).toEqual([["/a/Tues & Wed.nenboard"]]);
    click(find("clear-recent"));
    expect(does.clearRecent).toHaveBeenCalledOnce();
  });

  it("shows a path on one line, in its order, and short enough to be read", () => {
    const hidden = "/a/\u202Egpj.nenboard\n";
    const long = `/home/${"x".repeat(300)}/end.nenboard`;
    const [first, second] = below(menu({ recent: [hidden, long] }).find("recent"));
    expect(first!.label).toBe("/a/\u{fffd}gpj.nenboard\u{fffd}");
    expect(second!.label!.length).toBeLessThanOrEqual(80);
    expect(second!.label).toMatch(/^\/home\/x+…x+\/end\.nenboard$/);
  });

  it("says that no file was opened yet", () => {
    const [only, ...others] = below(menu().find("recent"));
    expect(only).toEqual({ label: "No recent files", enabled: false });
    expect(others).toEqual([]);
  });

  it("has no such list where none is kept", () => {
    const { all } = menu({ recent: null });
    expect(all.some(({ id }) => id === "recent" || id === "clear-recent")).toBe(false);
  });
});
