import type { RegulationHead, RegulationRepository } from '@cadre/db/credit';
import type { CivilDate, Id } from '@cadre/domain/core';
import { parseRegulation, type Regulation } from '@cadre/domain/credit';
import type { Ports } from '../core';

/** A text the installation has taken as a regulation and can no longer read: a defect. */
class UnreadableRegulationError extends Error {}

export type RegulationService = ReturnType<typeof createRegulationService>;

interface RegulationDeps extends Pick<Ports, 'clock' | 'newId'> {
  regulations: Pick<RegulationRepository, 'insert' | 'findByVersion' | 'listGoverning'>;
}

export function createRegulationService({ regulations, clock, newId }: RegulationDeps) {
  // An approved version never changes, so a parsed one may be kept.
  const parsed = new Map<string, Regulation>();

  const read = async (code: string, version: number): Promise<Regulation> => {
    const key = `${code} ${version}`;
    const known = parsed.get(key);
    if (known) return known;
    const record = await regulations.findByVersion(code, version);
    const result = record && parseRegulation(record.text);
    if (!result?.ok) throw new UnreadableRegulationError(key);
    parsed.set(key, result.regulation);
    return result.regulation;
  };

  return {
    read,
    /** The regulations that govern a unit on a day, read; empty where none is in force. */
    async governing(unitPath: readonly Id[], on: CivilDate): Promise<Regulation[]> {
      const heads = await regulations.listGoverning(unitPath, on);
      return Promise.all(heads.map((head: RegulationHead) => read(head.code, head.version)));
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

/** An author's file that cannot be taken, with every fault by path and line. */
export class RegulationFileError extends Error {
  readonly faults: readonly { path: string; line: number; sentence: string }[];
  constructor(faults: readonly { path: string; line: number; sentence: string }[]) {
    super(faults.map((fault) => `${fault.line}: ${fault.path} ${fault.sentence}`).join('\n'));
    this.faults = faults;
  }
}
