import { placesOf } from './places';
import type { Words } from './report-words';
import { counted, ranges } from './said';

const people = (count: number): string => counted(count, 'person', 'people');
const entries = (count: number): string => counted(count, 'entry', 'entries');
const settlements = (count: number): string => counted(count, 'settlement');

/** The name of a version, whose own id stays as it is. */
const versionIn = (name: string): string => name.replace(/ 第 (\d+) 版$/, ' version $1');

export const en: Words = {
  line: (place, says) => `${place === '' ? '' : `${place}: `}${says}`,
  comma: ', ',
  intact: '✓ No change was found',
  unproven: '○ The file itself shows no change, but no seal kept apart was given to hold it to',
  cut: '× The file is not complete: nothing can be concluded yet',
  keptFaulty: '× Something is wrong with a seal file that was given: nothing can be concluded yet',
  broken: (count) => `× ${counted(count, 'fault')} found`,
  placeOf(fault) {
    const { person, seq, settlement, line } = fault;
    const { places, isRange } = placesOf(fault);
    return [
      ...(person === undefined ? [] : [`person ${person}`]),
      ...(seq === undefined ? [] : [`${isRange ? 'entries' : 'entry'} ${places}`]),
      ...(settlement === undefined ? [] : [`${isRange ? 'settlements' : 'settlement'} ${places}`]),
      ...(line === undefined ? [] : [`${isRange ? 'from line' : 'line'} ${line} of the file`]),
    ].join(', ');
  },
  fault: ({ english }) => english,
  more: (count, where) =>
    `${count} more ${count === 1 ? 'is' : 'are'} not listed${where === 'page' ? '' : '; --all lists all'}`,
  nextCut: [
    'What to do: copy the file again and see that it is as large as the original; if it stays so, export anew from the server and verify that',
  ],
  nextKept: [
    'What to do: find another copy of the same seal file and verify with it, or with seals of other numbers; something is wrong with the seal file that was given, from which it does not follow that the ledger on the server was touched',
  ],
  nextNumber: [
    'Where a number differs, verify with another copy of the same seal file first: if it does not differ from that, the seal file that was given was changed; if it does, do as follows',
  ],
  nextBroken: (isSavedAnew) => [
    ...(isSavedAnew
      ? ['Nearly every line differs: another program has most likely saved the whole file anew']
      : []),
    'What to do: keep this export, the seal files and this result as they are; export once more and verify with the same seals',
    'If the new export is intact, this file was changed after it was exported; if not, the ledger on the server was: compare the people and places above with earlier backups',
  ],
  nextUnproven: (where) => [
    `What to do: find a seal file that was kept apart from the server and ${where === 'page' ? 'choose it as well' : 'add it with --root'}; if there is none, keep one apart with every export from now on`,
  ],
  titles: {
    looked: 'What was looked at',
    measure: 'What it was held to',
    rederived: 'Derived anew',
    unsealed: 'Not sealed: changes to it do not show',
    key: 'Key',
  },
  sums: ({ people: persons, settlements: settled, entries: lines, roots, rebuilt, countersignatures }) => [
    `${people(persons)}, ${settlements(settled)}, ${entries(lines)}`,
    `${counted(roots, 'seal')}, ${rebuilt} of them built anew from everybody's records; ${counted(countersignatures.count, 'countersignature')}`,
  ],
  noRoot: 'Nothing has been sealed yet',
  measure: ({ number, day, isKept }, older) =>
    `Held to seal ${number} (${day}), ${isKept ? 'kept apart' : 'the newest of the file'}${older === '' ? '' : `; compared as well: kept apart, seal ${older}`}`,
  unsealed: (unsealed, shown, unlisted) =>
    `Not sealed: ${settlements(unsealed.settlements)} and ${entries(unsealed.entries)} of ${people(unsealed.people)}, not in this seal: ${shown.join(', ')}${unlisted > 0 ? `, and ${unlisted} more` : ''}`,
  unsealedOf: (no, rows) => `${no} (${rows.join('; ')})`,
  unsealedHistories: (persons, rows, shown, unlisted) =>
    `Not sealed yet: ${counted(rows, 'row')} of units, posts or grades of ${people(persons)}, newer than this seal: ${shown.join(', ')}${unlisted > 0 ? `, and ${unlisted} more` : ''}`,
  noKept: () =>
    'Without a seal kept apart, an end that was cut off or a ledger signed anew cannot be told from this file',
  regulationsSealed: (count) =>
    `${counted(count, 'regulation')} ${count === 1 ? 'agrees' : 'agree'} with the seals`,
  regulationsChanged: (count) =>
    `${counted(count, 'regulation')} ${count === 1 ? 'does' : 'do'} not agree with the seals`,
  regulationsUnsealed: (names) =>
    `Not sealed, not in this seal: regulations ${names.map(versionIn).join(', ')}`,
  countersigned({ role, base, keyId, count }) {
    const name = 'name' in base ? `${base.name} (named as the export names it)` : `base ${base.id}`;
    return `${counted(count, 'countersignature')} by ${role === 'alliance' ? 'the alliance office' : name}, key ${keyId}; ask the office whether the key is theirs`;
  },
  countersignedUnsealed: (count) =>
    `Not sealed yet: ${counted(count, 'countersignature')} newer than this seal`,
  notCountersigned: (roots) =>
    `Not countersigned: ${roots.length === 1 ? 'seal' : 'seals'} ${ranges(roots, ', ')}`,
  people: (regulation, count) => `${regulation} (${people(count)})`,
  names: (numbers, unlisted) => `${numbers.join(', ')}${unlisted > 0 ? `, and ${unlisted} more` : ''}`,
  inFull: (counts, isAll) => `From facts to targets${isAll ? ', all of them' : ''}: ${counts}`,
  factsOnly: (counts) => `From facts to entries: ${counts}`,
  unjudged: (names) => `The file has no targets of these people to compare with: ${names}`,
  sumsOnly: (counts) => `Sums, reversals and joins only: ${counts}`,
  notDerived: (count, names) =>
    `Not derived anew, since their records are at fault: ${people(count)}: ${names}`,
  notCovered: ({ historiesUntil, historiesFrom }) => [
    ...(historiesUntil === null
      ? ['No seal covers units and posts of people']
      : [
          `Units and posts of people are sealed as recorded until ${historiesUntil}; no seal covers what was recorded, changed or undone later`,
          `On which day a row was recorded is held to between which two seals it lies; before ${historiesFrom} no seal covers that day`,
        ]),
    'No seal covers the targets of the day, the time of the export or names of bases; numbers of people are held to seal files only',
  ],
  firstKey: (keyId) => `First key ${keyId}: it ought to be the one made known when the system was put to use`,
};
