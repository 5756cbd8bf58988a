import type { Day } from "./followUp/followUp.ts";

/** The calendar's day at a time, as this computer's clock and zone have it. */
export function dayOf(time: number): Day {
  const date = new Date(time);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Noon: no change of clocks moves it to another day. */
export const timeOfDay = (day: Day): number => new Date(`${day}T12:00`).getTime();

export function daysLater(day: Day, days: number): Day {
  const date = new Date(timeOfDay(day));
  date.setDate(date.getDate() + days);
  return dayOf(date.getTime());
}
