import { z } from 'zod';
import { errorKinds, id, type AppError } from '../core';
import { sessionStatus } from '../training';
import type { LiveFact } from './live-fact';
import { isoInstant, roomEventOnWire, subjectOf, type RoomViewer } from './room-event';

/** Where socket.io answers. Browsers connect with the cookie of their sign-in, as for every other call. */
export const LIVE_PATH = '/live';

/** At most so many missed events are sent in one answer; `more` says that the client should ask again. */
export const MISSED_EVENTS_LIMIT = 500;

const seq = z.number().int().min(0);
const missed = z.object({ events: z.array(roomEventOnWire), lastSeq: seq, more: z.boolean() });

/** What an open screen may follow beside its person: hints about a class, a session, a base, or the network. */
export const liveTopic = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('class'), id }),
  z.object({ kind: z.literal('session'), id }),
  z.object({ kind: z.literal('base'), id }),
  z.object({ kind: z.literal('network') }),
]);
export type LiveTopic = z.infer<typeof liveTopic>;

/** What a room looks like when a screen joins it. */
export const roomSnapshot = z.object({
  status: sessionStatus,
  openedAt: isoInstant.nullable(),
  extendedTo: isoInstant.nullable(),
  closedAt: isoInstant.nullable(),
  checkedIn: z.number().int(),
  now: isoInstant,
});
export type RoomSnapshot = z.output<typeof roomSnapshot>;

/**
 * Commands, imperative, each answered by an acknowledgement. `output` is what the acknowledgement carries on the wire;
 * `z.encode` makes it, `z.decode` reads it.
 */
export const liveCommands = {
  /** Enters a room: to watch it, or to take part online (which checks in and counts the time of the connection). */
  'live:join': {
    input: z.object({ sessionId: id, as: z.enum(['watch', 'online']), since: seq.default(0) }),
    output: missed.extend({ viewer: z.enum(['staff', 'learner']), room: roomSnapshot }),
  },
  'live:leave': { input: z.object({ sessionId: id }), output: z.object({}) },
  /** The room's events after `since` that this person may see. */
  'live:missed': { input: z.object({ sessionId: id, since: seq }), output: missed },
  'live:follow': { input: z.object({ topics: z.array(liveTopic).max(50) }), output: z.object({}) },
  'live:unfollow': { input: z.object({ topics: z.array(liveTopic).max(50) }), output: z.object({}) },
} as const;
export type LiveCommands = typeof liveCommands;
export type LiveCommandName = keyof LiveCommands;

/** A refusal as it crosses the wire: the same over sockets and HTTP. */
export const refusalOnWire = z.object({
  code: z.string(),
  kind: z.enum([...errorKinds, 'defect']),
  details: z.record(z.string(), z.unknown()),
  requestId: z.string(),
});
export type RefusalOnWire = Omit<z.infer<typeof refusalOnWire>, 'details'> & { details: AppError['details'] };

export type Acknowledgement<Value> = { ok: true; value: Value } | { ok: false; refusal: RefusalOnWire };

/** What clients send; every handler gets the input and the acknowledgement, never nothing. */
export type ClientToServerEvents = {
  [Name in LiveCommandName]: (
    input: z.input<LiveCommands[Name]['input']>,
    acknowledge: (answer: Acknowledgement<z.input<LiveCommands[Name]['output']>>) => void,
  ) => void;
};

export type LiveFactType = LiveFact['type'];
export type LiveFactOf<Type extends LiveFactType> = Extract<LiveFact, { type: Type }>;

type Hint = Exclude<LiveFact, { type: 'room:event' }>;

/** A fact as sockets carry it: the same, but for the instants of a room event, which are ISO 8601 text. */
export type LiveFactOnWire = Hint | { type: 'room:event'; event: z.input<typeof roomEventOnWire> };

/** What the server sends: each fact as an event of its own type, and that it is about to stop. */
export type ServerToClientEvents = {
  [Type in LiveFactType]: (fact: Extract<LiveFactOnWire, { type: Type }>) => void;
} & {
  /** The server goes away in order; the client reconnects by itself and asks for what it has missed. */
  'server:stopping': () => void;
};

export const writeLiveFact = (fact: LiveFact): LiveFactOnWire =>
  fact.type === 'room:event' ? { type: fact.type, event: z.encode(roomEventOnWire, fact.event) } : fact;

export const readLiveFact = (fact: LiveFactOnWire): LiveFact =>
  fact.type === 'room:event' ? { type: fact.type, event: z.decode(roomEventOnWire, fact.event) } : fact;

/** One emission: the channels that get the fact (a socket in several of them gets it once), and what they may know of it. */
export interface FactDelivery {
  to: string[];
  fact: LiveFact;
}

export const NETWORK_CHANNEL = 'network';
export const EVERYBODY_CHANNEL = 'everybody';
export const personChannel = (personId: string): string => `person:${personId}`;
export const topicChannel = (topic: LiveTopic): string =>
  topic.kind === 'network' ? NETWORK_CHANNEL : `${topic.kind}:${topic.id}`;
/** Those who have joined a room, apart by what they may see. */
export const roomChannel = (sessionId: string, viewer: RoomViewer['kind']): string =>
  `room:${sessionId}:${viewer}`;

/**
 * Who is told of a fact. Others learn that something has changed, never about whom: the ids of people go to those
 * people alone, and a room's events about people to them and to the staff of the room.
 */
export function deliveriesOf(fact: LiveFact): FactDelivery[] {
  switch (fact.type) {
    case 'network:changed':
      return [{ to: [NETWORK_CHANNEL, topicChannel({ kind: 'base', id: fact.baseId })], fact }];
    case 'regulation:changed':
    case 'regulation:previewed':
      return [{ to: [NETWORK_CHANNEL], fact }];
    case 'class:changed':
      return [{ to: [NETWORK_CHANNEL, topicChannel({ kind: 'class', id: fact.classId })], fact }];
    case 'session:changed':
      return [
        {
          to: [
            NETWORK_CHANNEL,
            topicChannel({ kind: 'class', id: fact.classId }),
            topicChannel({ kind: 'session', id: fact.sessionId }),
            topicChannel({ kind: 'base', id: fact.baseId }),
          ],
          fact,
        },
      ];
    case 'enrollment:changed':
      return [
        {
          to: [NETWORK_CHANNEL, topicChannel({ kind: 'class', id: fact.classId })],
          fact: { ...fact, personIds: [] },
        },
        ...fact.personIds.map((personId) => ({
          to: [personChannel(personId)],
          fact: { ...fact, personIds: [personId] },
        })),
      ];
    case 'credit:changed':
      return [
        { to: [NETWORK_CHANNEL], fact: { ...fact, personIds: [] } },
        ...fact.personIds.map((personId) => ({
          to: [personChannel(personId)],
          fact: { ...fact, personIds: [personId] },
        })),
      ];
    case 'account:signed-out':
      return [{ to: [personChannel(fact.personId)], fact }];
    case 'room:event': {
      const subject = subjectOf(fact.event.body);
      const learners =
        subject === null ? roomChannel(fact.event.sessionId, 'learner') : personChannel(subject);
      return [{ to: [roomChannel(fact.event.sessionId, 'staff'), learners], fact }];
    }
    case 'catalog:changed':
    case 'feed:changed':
    case 'clock:moved':
      return [{ to: [EVERYBODY_CHANNEL], fact }];
  }
}
