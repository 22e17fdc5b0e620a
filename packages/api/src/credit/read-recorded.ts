import { AppError } from '@cadre/domain/core';
import { parseRegulation, type ParsedRegulation } from '@cadre/domain/credit';
import type { RegulationRecord } from '@cadre/domain/ledger';

/** A regulation as its text says it. */
export type ReadRegulation = Extract<ParsedRegulation, { ok: true }>;

/**
 * What stands in a text that was taken as a regulation. Refused where it was changed past the product into what is none, or
 * not this one.
 */
export function readRecorded({
  code,
  version,
  effectiveFrom,
  text,
}: Pick<RegulationRecord, 'code' | 'version' | 'effectiveFrom' | 'text'>): ReadRegulation {
  const unreadable = (cause: Error) => new AppError('REGULATION_UNREADABLE', { code, version }, { cause });
  const read = parseRegulation(String(text));
  if (!read.ok) throw unreadable(new RegulationFileError(read.errors));
  const { id, version: own, effective } = read.regulation;
  if (id !== code || own !== version || effective.from !== effectiveFrom)
    throw unreadable(new Error(`the text is of ${id} ${own}, in force from ${effective.from}`));
  return read;
}

/** An author's file that cannot be taken, with every fault by path and line. */
export class RegulationFileError extends Error {
  readonly faults: readonly { path: string; line: number; sentence: string }[];
  constructor(faults: readonly { path: string; line: number; sentence: string }[]) {
    super(faults.map((fault) => `${fault.line}: ${fault.path} ${fault.sentence}`).join('\n'));
    this.faults = faults;
  }
}
