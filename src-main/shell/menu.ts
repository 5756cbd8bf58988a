import type { MenuItemConstructorOptions } from "electron";
import type { Link, MenuCommand } from "../api/contract.ts";
import { shownPath } from "./openedPaths.ts";

type Item = MenuItemConstructorOptions;

/** In the order of the page's own keys for them. */
const ROOMS = ["estimate", "compare", "board", "cases", "published", "model"] as const;

export interface MenuLabels {
  file: string;
  edit: string;
  view: string;
  window: string;
  help: string;
  open: string;
  recent: string;
  noRecent: string;
  clearRecent: string;
  saveBoard: string;
  print: string;
  lock: string;
  rooms: Readonly<Record<(typeof ROOMS)[number], string>>;
  keys: string;
  article: string;
  project: string;
  diagnostics: string;
  /** a grey item can say why by its own words only */
  off: Readonly<Record<"decided" | "unread", (item: string) => string>>;
}

export interface MenuMeans {
  platform: NodeJS.Platform;
  /** whether the app runs from its sources */
  developer: boolean;
  /** an ampersand stands before the letter that is underlined */
  labels: Readonly<MenuLabels>;
  /** absolute, the last one first; null where none are remembered */
  recent: readonly string[] | null;
  /** why something is forbidden: an administrator has decided it, or what he has decided cannot be understood */
  why: "decided" | "unread";
  /** the pages that there are */
  links: readonly Link[];
  open: () => void;
  openRecent: (file: string) => void;
  clearRecent: () => void;
  /** files that anybody can read may be saved */
  saves: boolean;
  /** null: it is forbidden */
  print: (() => void) | null;
  /** null: it is forbidden */
  openLink: ((link: Link) => void) | null;
  /** asks the page */
  command: (command: MenuCommand) => void;
}

const SEPARATOR: Item = { type: "separator" };
/** For work on the program: a shipped one has neither, and a reload would lose what was entered. */
const DEVELOPER_ITEMS: Item[] = [{ role: "reload" }, { role: "toggleDevTools" }, SEPARATOR];
/** About as wide as a menu may be. */
const LONGEST_LABEL = 80;

/**
 * The native menu. What has a role has the system's own label, accelerator and behaviour. What the page does by a key of
 * its own shows the key and leaves it to the page; macOS shows no key without taking it, and where both act they do the
 * same, once more.
 */
export function menuTemplate(means: MenuMeans): Item[] {
  const { platform, developer, labels, links, command, openLink } = means;
  const mac = platform === "darwin";
  const ask = (id: MenuCommand, label: string, more: Item = {}): Item => ({
    id,
    label,
    click: () => command(id),
    ...more,
  });
  const off = (label: string): Item => ({
    label: labels.off[means.why](label.replace("&", "").replace(/…$/, "")),
    enabled: false,
  });
  const byPage = (accelerator: string): Item => ({ accelerator, registerAccelerator: false });
  const file: Item[] = [
    { id: "open", label: labels.open, accelerator: "CommandOrControl+O", click: () => means.open() },
    ...recentItems(means),
    SEPARATOR,
    ask("save-board", labels.saveBoard, {
      accelerator: "CommandOrControl+S",
      ...(means.saves ? {} : off(labels.saveBoard)),
    }),
    {
      id: "print",
      label: labels.print,
      accelerator: "CommandOrControl+P",
      click: () => means.print?.(),
      ...(means.print ? {} : off(labels.print)),
    },
    SEPARATOR,
    ask("lock", labels.lock, byPage("Alt+L")),
    SEPARATOR,
    // What the system's own file menu has.
    { role: mac ? "close" : "quit" },
  ];
  const view: Item[] = [
    ...ROOMS.map((room, i) => ask(room, labels.rooms[room], byPage(`Alt+${i + 1}`))),
    SEPARATOR,
    ...(developer ? DEVELOPER_ITEMS : []),
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    SEPARATOR,
    { role: "togglefullscreen" },
  ];
  const link = (id: Link): Item => ({
    id,
    label: labels[id],
    click: () => openLink?.(id),
    ...(openLink ? {} : off(labels[id])),
  });
  const help: Item[] = [
    // Its key is a character of its own place on each keyboard, so no accelerator.
    ask("keys", labels.keys),
    SEPARATOR,
    ...links.map(link),
    ...(links.length > 0 ? [SEPARATOR] : []),
    ask("diagnostics", labels.diagnostics),
    // macOS shows it in the app's own menu.
    ...(mac ? [] : [SEPARATOR, { role: "about" } satisfies Item]),
  ];
  return [
    ...(mac ? [{ role: "appMenu" } satisfies Item] : []),
    { label: labels.file, submenu: file },
    { role: "editMenu", label: labels.edit },
    { label: labels.view, submenu: view },
    { role: "windowMenu", label: labels.window },
    { role: "help", label: labels.help, submenu: help },
  ];
}

function recentItems({ labels, recent, openRecent, clearRecent }: MenuMeans): Item[] {
  if (recent === null) return [];
  const files = recent.map((file): Item => ({ label: labelOf(file), click: () => openRecent(file) }));
  const none: Item = { label: labels.noRecent, enabled: false };
  const clear: Item = { id: "clear-recent", label: labels.clearRecent, click: () => clearRecent() };
  return [
    {
      id: "recent",
      label: labels.recent,
      submenu: files.length === 0 ? [none] : [...files, SEPARATOR, clear],
    },
  ];
}

/** An ampersand in a path is one, and underlines nothing. */
const labelOf = (file: string): string => shownPath(file, LONGEST_LABEL).replaceAll("&", "&&");
