import { useSyncExternalStore } from 'react';

/** A quiet line after something was done. */
export interface ToastMessage {
  readonly id: number;
  readonly text: string;
  /** Offers 撤销 and runs this when it is taken. */
  readonly undo?: () => void;
  /** Offers something else, in its own words. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

export type ToastOffer = Pick<ToastMessage, 'undo' | 'action'>;

/** How long the line stays, in ms: longer where there is something to decide. */
const shownFor = { plain: 5_000, offering: 10_000 } as const;

let current: ToastMessage | null = null;
let nextId = 1;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(message: ToastMessage | null): void {
  clearTimeout(timer);
  current = message;
  for (const listener of listeners) listener();
}

/**
 * Says in one line what was done: `sayDone('已退出这个班', { undo })`. A new line replaces the old one.
 * Returns how to take this line away, which leaves a newer one alone.
 */
export function sayDone(text: string, offer: ToastOffer = {}): () => void {
  const message: ToastMessage = { id: nextId++, text, ...offer };
  show(message);
  const takeAway = (): void => {
    if (current?.id === message.id) show(null);
  };
  timer = setTimeout(takeAway, offer.undo || offer.action ? shownFor.offering : shownFor.plain);
  return takeAway;
}

/** Takes the line away at once. */
export function dismissToast(): void {
  show(null);
}

export function useToast(): ToastMessage | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
