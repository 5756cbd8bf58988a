import type { MenuItemConstructorOptions } from "electron";

type Item = MenuItemConstructorOptions;

const below = ({ submenu }: Item): Item[] => (Array.isArray(submenu) ? submenu : []);

/** A label as it is drawn. */
const drawn = (label = ""): string => label.replace(/&(.)/g, "$1");
const nameOf = (item: Item): string => item.id ?? (drawn(item.label) || (item.role ?? item.type ?? ""));

/** All items of a menu, each by the names on the way to it. */
export function pathsOf(items: readonly Item[], way: readonly string[] = []): string[][] {
  return items.flatMap((item) => {
    const path = [...way, nameOf(item)];
    return [path, ...pathsOf(below(item), path)];
  });
}

/** What a user does who chooses an item, of those that do something of the app's own. */
export function choose(items: readonly Item[], path: readonly string[]): void {
  const [name, ...rest] = path;
  const item = items.find((one) => nameOf(one) === name || (one.label && drawn(one.label) === name));
  if (!item) throw new Error(`the menu has no ${path.join(" › ")}`);
  if (rest.length > 0) return choose(below(item), rest);
  if (item.enabled === false || !item.click) throw new Error(`nobody can choose ${name!}`);
  (item.click as () => void)();
}
