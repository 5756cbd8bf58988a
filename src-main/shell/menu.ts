import type { MenuItemConstructorOptions } from "electron";

type Items = MenuItemConstructorOptions[];

const SEPARATOR: MenuItemConstructorOptions = { type: "separator" };
/** For work on the program: a shipped one has neither, and a reload would lose what was entered. */
const DEVELOPER_ITEMS: Items = [{ role: "reload" }, { role: "toggleDevTools" }, SEPARATOR];

/** The native menu. Roles only: their labels, accelerators and behaviour are the system's own. */
export function menuTemplate(platform: NodeJS.Platform, developer: boolean): Items {
  const mac = platform === "darwin";
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
    { role: "fileMenu" },
    { role: "editMenu" },
    { role: "viewMenu", submenu: view },
    { role: "windowMenu" },
    // macOS shows "About" in the app's own menu.
    ...(mac ? [] : helpMenu),
  ];
}
