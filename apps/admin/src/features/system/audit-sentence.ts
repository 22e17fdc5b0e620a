import { role } from '@cadre/domain/access';
import { isAuditAction, type AuditRow } from '@cadre/domain/audit';
import { findRank } from '@cadre/domain/identity';
import { useFormat } from '@cadre/ui/format';
import { auditWords } from './audit.words';
import { systemWords } from './system.words';

type Fields = Record<string, unknown>;
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
/** The reasons that a room's entries keep as a code; every other reason was written by somebody. */
const ROOM_REASONS = ['host', 'time-out', 'nobody-opened'] as const;
const isRoomReason = (value: string): value is (typeof ROOM_REASONS)[number] =>
  ROOM_REASONS.some((reason) => reason === value);
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? (value as Fields[]) : []);

/** An entry in words: what was done, with which particulars, and why. */
export interface AuditSentence {
  readonly what: string;
  readonly detail: string;
  readonly reason: string;
}

/** Reads entries aloud. Acts that the trail of today does not know keep their code. */
export function useAuditSentence(): (row: AuditRow) => AuditSentence {
  const say = auditWords.use();
  const sayOf = systemWords.use();
  const format = useFormat();

  const textOf = (value: unknown): string => {
    if (isText(value)) return value;
    const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown };
    return typeof zh === 'string' ? format.text({ zh, en: typeof en === 'string' ? en : '' }) : '';
  };
  /** What the entry itself calls its subject. */
  const calledIn = (fields: Fields | null): string => {
    if (!fields) return '';
    const { name, title, code, version, personNo } = fields;
    const called = textOf(name) || textOf(title);
    if (isText(personNo) && called !== '') return `${called}（${personNo}）`;
    if (called !== '') return called;
    return isText(code) && typeof version === 'number' ? say('edition', { code, version }) : textOf(code);
  };

  return (row) => {
    const { action, subject, names } = row;
    const [before, after] = [row.before ?? {}, row.after ?? {}];
    const named = (id: unknown): string =>
      isText(id) ? (names[id] ? format.text(names[id]) : id.slice(-6)) : '';
    const subjectName = names[subject.id]
      ? format.text(names[subject.id]!)
      : calledIn(row.after) || calledIn(row.before) || named(subject.id);
    const moved = (from: string, to: string): string =>
      from === to || from === '' ? to : say('moved', { from, to });

    const scopeText = (value: unknown): string => {
      const scope = (value ?? {}) as Fields;
      const ids = [scope['unitId'], scope['classId'], scope['sessionId'], scope['assessmentYearId']];
      const bases = Array.isArray(scope['baseIds']) ? (scope['baseIds'] as unknown[]) : [];
      const places = [...ids.filter(isText), ...bases].map(named);
      return places.length > 0 ? places.join('、') : sayOf('scopes.network');
    };
    const officeText = ({ role: office, baseId }: Fields): string =>
      office === 'alliance' ? say('alliance') : named(baseId);
    const rankText = (code: unknown): string =>
      isText(code) ? format.text(findRank(code)?.name ?? { zh: code, en: code }) : '';
    const openRank = (rows: unknown, key: 'postLevel' | 'grade'): string => {
      const held = listOf(rows).findLast(({ to }) => to === null);
      return held ? [rankText(held[key]), textOf(held['title'])].filter(Boolean).join(' ') : sayOf('noRank');
    };
    const spanText = ({ startsAt, endsAt, venueId }: Fields): string =>
      [startsAt, endsAt].every((at) => isText(at) || at instanceof Date)
        ? `${format.span(startsAt as string, endsAt as string)} ${named(venueId)}`.trim()
        : '';

    const deadlineText = ({ closesAt, withdrawalDeadline }: Fields): string =>
      [closesAt, withdrawalDeadline].every((at) => isText(at) || at instanceof Date)
        ? say('deadlines', {
            enroll: format.moment(closesAt as string),
            withdraw: format.moment(withdrawalDeadline as string),
          })
        : '';

    const detail = (): string => {
      switch (action) {
        case 'identity:grant-given': {
          const given = role.safeParse(after['role']);
          return [given.success ? sayOf(`roles.${given.data}`) : '', scopeText(after['scope'])].join(' · ');
        }
        case 'identity:person-transfer':
          return moved(named(before['unitId']), named(after['unitId']));
        case 'identity:person-second':
          return named(
            listOf(after['affiliations']).findLast(({ kind }) => kind === 'secondment')?.['unitId'],
          );
        case 'identity:person-post':
          return moved(openRank(before['posts'], 'postLevel'), openRank(after['posts'], 'postLevel'));
        case 'identity:person-grade':
          return moved(openRank(before['grades'], 'grade'), openRank(after['grades'], 'grade'));
        case 'training:capacity-changed':
          return say('capacity', { from: String(before['capacity']), to: String(after['capacity']) });
        case 'training:session-scheduled':
        case 'training:session-moved':
          return [moved(spanText(before), spanText(after)), deadlineText(after)].filter(Boolean).join(' · ');
        case 'assessment:year-frozen':
          return [
            say('number', { number: String(after['snapshotNo']) }),
            say('people', { people: String(after['people']) }),
          ].join(' · ');
        case 'ledger:countersigned':
          return [say('number', { number: String(after['rootNumber']) }), officeText(after)]
            .filter(Boolean)
            .join(' · ');
        case 'ledger:key-rotated':
          return say('number', { number: String(after['number']) });
        case 'ledger:office-key-registered':
          return officeText(after);
        default:
          return '';
      }
    };
    const given = [after['reason'], after['cancelledReason'], after['remark']].find(isText) ?? '';
    return {
      what: isAuditAction(action) ? say(`actions.${action}`, { subject: subjectName }) : action,
      detail: detail(),
      reason: isRoomReason(given) ? say(`roomReasons.${given}`) : given,
    };
  };
}
