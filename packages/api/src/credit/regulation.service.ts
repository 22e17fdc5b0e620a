import type { RegulationHead, RegulationRepository } from '@cadre/db/credit';
import type { UnitRepository } from '@cadre/db/identity';
import { AppError, type CivilDate, type Id } from '@cadre/domain/core';
import { parseRegulation, type Regulation } from '@cadre/domain/credit';
import { homeUnitHeldOn, type Person } from '@cadre/domain/identity';
import { governingOn } from '@cadre/domain/ledger';
import type { Ports } from '../core';
import { readRecorded, RegulationFileError } from './read-recorded';

/** The approved regulations as they stood when they were read. */
export interface RegulationsInForce {
  /**
   * The regulations that govern a unit (its path given) on a day; empty where none is in force. With `recordedBy` as
   * they were known at the end of that day.
   */
  governing(unitPath: readonly Id[], on: CivilDate, recordedBy?: CivilDate): Promise<Regulation[]>;
  /**
   * The regulations under which what a person did on a day is settled: those of the unit of that day and those of the
   * unit of today, so that a transfer takes no hour away.
   */
  settling(person: Person, on: CivilDate): Promise<Regulation[]>;
}

const isUnreadable = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'REGULATION_UNREADABLE';

export type RegulationService = ReturnType<typeof createRegulationService>;

interface RegulationDeps extends Pick<Ports, 'clock' | 'newId'> {
  regulations: Pick<RegulationRepository, 'insert' | 'findByVersion' | 'listApproved'>;
  units: Pick<UnitRepository, 'findById'>;
}

export function createRegulationService({ regulations, units, clock, newId }: RegulationDeps) {
  // An approved version never changes, so a parsed one may be kept; the promise, so that many readers parse once.
  const parsed = new Map<string, Promise<Regulation>>();

  const load = async (code: string, version: number): Promise<Regulation> => {
    const record = await regulations.findByVersion(code, version);
    return readRecorded(record ?? { code, version, effectiveFrom: '', text: '' }).regulation;
  };

  const read = (code: string, version: number): Promise<Regulation> => {
    const key = `${code} ${version}`;
    const known = parsed.get(key);
    if (known) return known;
    const loading = load(code, version);
    parsed.set(key, loading);
    loading.catch(() => parsed.delete(key));
    return loading;
  };

  return {
    read,
    /**
     * Reads what is in force once, and answers for any unit and day from it: for one request or one job. A regulation that
     * cannot be read is refused; with `leaveOut` it is handed there, and the answers are those of the others.
     */
    async open(leaveOut?: (unreadable: AppError) => void): Promise<RegulationsInForce> {
      const heads = await regulations.listApproved();
      const paths = new Map<Id, Promise<readonly Id[]>>();
      const pathOf = (unitId: Id): Promise<readonly Id[]> => {
        const known = paths.get(unitId) ?? units.findById(unitId).then((unit) => unit?.path ?? []);
        paths.set(unitId, known);
        return known;
      };
      const answers = new Map<RegulationHead, Promise<Regulation[]>>();
      const readOrLeave = async ({ code, version }: RegulationHead): Promise<Regulation[]> => {
        try {
          return [await read(code, version)];
        } catch (error) {
          if (!leaveOut || !isUnreadable(error)) throw error;
          leaveOut(error);
          return [];
        }
      };
      const readOnce = (head: RegulationHead): Promise<Regulation[]> => {
        const answer = answers.get(head) ?? readOrLeave(head);
        answers.set(head, answer);
        return answer;
      };
      const governing: RegulationsInForce['governing'] = async (unitPath, on, recordedBy) =>
        (await Promise.all(governingOn(heads, unitPath, on, recordedBy).map(readOnce))).flat();
      return {
        governing,
        async settling(person, on) {
          const unitId = homeUnitHeldOn(person, on);
          const now = await governing(person.unitPath, on);
          if (unitId === person.unitId) return now;
          const then = await governing(await pathOf(unitId), on);
          return [...then, ...now.filter(({ id }) => then.every((known) => known.id !== id))];
        },
      };
    },
    /** Takes an author's file as an approved regulation for a unit and all below it. The same version again changes nothing. */
    async importApproved(
      text: string,
      unitId: Id,
    ): Promise<{ code: string; version: number; isNew: boolean }> {
      const result = parseRegulation(text);
      if (!result.ok) throw new RegulationFileError(result.errors);
      const { id: code, version, effective } = result.regulation;
      if (await regulations.findByVersion(code, version)) return { code, version, isNew: false };
      await regulations.insert({
        id: newId(),
        code,
        version,
        unitId,
        state: 'approved',
        effectiveFrom: effective.from,
        effectiveTo: effective.to ?? null,
        text,
        recordedAt: clock.now(),
      });
      return { code, version, isNew: true };
    },
  };
}
