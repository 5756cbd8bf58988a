import type { MenuItemConstructorOptions } from "electron";

type Items = MenuItemConstructorOptions[];

const SEPARATOR: MenuItemConstructorOptions = { type: "separator" };
/** For work on the program: a shipped one has neither, and a reload would lose what was entered. */
const DEVELOPER_ITEMS: Items = [{ role: "reload" }, { role: "toggleDevTools" }, SEPARATOR];

/** The one command that Electron has no role for. */
export interface PrintCommand {
  label: string;
  click: () => void;
}

/** The native menu. Roles but for one: their labels, accelerators and behaviour are the system's own. */
export function menuTemplate(platform: NodeJS.Platform, developer: boolean, print: PrintCommand): Items {
  const mac = platform === "darwin";
  const file: Items = [
    { label: print.label, accelerator: "CommandOrControl+P", click: () => print.click() },
    SEPARATOR,
    // What the system's own file menu has.
    { role: mac ? "close" : "quit" },
  ];
  const view: Items = [
    ...(developer ? DEVELOPER_ITEMS : []),
    { role: "resetZoom" },
    { role: "zoomIn" },
    { role: "zoomOut" },
    SEPARATOR,
    { role: "togglefullscreen" },
  ];
  const appMenu: Items = [{ role: "appMenu" }];
  const helpMenu: Items = [{ role: "help", submenu: [{ role: "about" }] }];
  return [
    ...(mac ? appMenu : []),
    { role: "fileMenu", submenu: file },
    { role: "editMenu" },
    { role: "viewMenu", submenu: view },
    { role: "windowMenu" },
    // macOS shows "About" in the app's own menu.
    ...(mac ? [] : helpMenu),
  ];
}
