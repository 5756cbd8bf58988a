/** The rooms of the program, in the order of the tasks they serve. */
export const ROOMS = ["estimate", "compare", "board", "cases", "published", "model"] as const;
export type Room = (typeof ROOMS)[number];

/** A room and a place in it: `#/published/nec/os/ps-1` is the room "published" at "nec/os/ps-1". */
export interface Route {
  room: Room;
  place: string;
}

/** The address of a room, or of a place in it, for links. */
export const addressOf = (room: Room, place = ""): string =>
  place === "" ? `#/${room}` : `#/${room}/${place}`;

/** Reads an address; what is no room is the first one. */
export function routeOf(hash: string): Route {
  const [name, ...rest] = hash.replace(/^#\/?/, "").split("/");
  const room = ROOMS.find((known) => known === name);
  return room ? { room, place: rest.map(decoded).join("/") } : { room: ROOMS[0], place: "" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Where the user is. The address is the only state, so that back, forward and links work by themselves. */
export class Navigation {
  route = $state.raw<Route>(routeOf(location.hash));

  constructor() {
    addEventListener("hashchange", () => (this.route = routeOf(location.hash)));
  }

  go(room: Room, place = ""): void {
    location.hash = addressOf(room, place);
    // The event of it comes later than what is drawn next.
    this.route = routeOf(location.hash);
  }
}
