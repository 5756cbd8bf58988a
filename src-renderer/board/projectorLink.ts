import type { Deck, Scheme } from "./deck.ts";

/** What the audience's window shows. */
export interface Shown {
  deck: Deck;
  index: number;
  blank: boolean;
  scheme: Scheme;
}

/**
 * Messages between the presenter's window and the audience's, in both directions over one channel. The deck is sent
 * once and again when it changes; each step after that is small.
 */
export type Message =
  | { kind: "hello" }
  | { kind: "bye" }
  | { kind: "deck"; shown: Shown }
  | { kind: "step"; index: number; blank: boolean; scheme: Scheme }
  /** a key that was pressed in the audience's window, where a remote control may send it */
  | { kind: "key"; key: string }
  | { kind: "end" }
  /** the audience's window asks whether the presenter's is still there, and is answered */
  | { kind: "ping" }
  | { kind: "alive" };

export interface Link {
  send(message: Message): void;
  close(): void;
}

const CHANNEL = "hg-nen-board";

/** Joins the channel. What is not one of our messages is not read. */
export function joinBoard(onmessage: (message: Message) => void): Link {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener("message", ({ data }: MessageEvent<Message>) => onmessage(data));
  return {
    send: (message) => channel.postMessage(message),
    close: () => channel.close(),
  };
}
