import type { Display, Rectangle } from "electron";

/** What is known of a display, in the system's common coordinates. */
export type Place = Pick<Display, "id" | "internal" | "bounds" | "workArea">;

export interface Placement {
  /** the display that the window fills; null for a window of usual size on the main window's display */
  fills: number | null;
  bounds: Rectangle;
}

const WINDOW = { width: 1280, height: 720 };

/**
 * Where the slides go: onto a display that the main window is not on. One that is not built in comes first, since that
 * is where the audience looks; there may be a built-in one only when the main window has been moved to the projector.
 */
export function projectorPlacement(displays: readonly Place[], own: Place): Placement {
  const others = displays.filter(({ id }) => id !== own.id);
  const audience = others.find(({ internal }) => !internal) ?? others[0];
  return audience ? { fills: audience.id, bounds: audience.bounds } : windowOn(own);
}

/** A window of usual size in the middle of a display, no larger than that has room. */
export function windowOn({ workArea }: Pick<Place, "workArea">): Placement {
  const width = Math.min(WINDOW.width, workArea.width);
  const height = Math.min(WINDOW.height, workArea.height);
  return {
    fills: null,
    bounds: {
      x: workArea.x + Math.round((workArea.width - width) / 2),
      y: workArea.y + Math.round((workArea.height - height) / 2),
      width,
      height,
    },
  };
}
