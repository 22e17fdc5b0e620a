import { approximateSize, Doc } from '../bson';
import type { Found } from '../engine/execute';
import { fail } from '../errors';
import { distinctValues, ValueSet } from '../query';
import { collationField } from './arguments';
import type { CommandDefinition } from './definition';
import { filterOf, orderOf, query, targetName } from './reading';

const LARGEST_REPLY = 16 * 1024 * 1024;

export const distinct: CommandDefinition = {
  name: 'distinct',
  inTransaction: true,
  fields: {
    distinct: { required: 'collection' },
    key: { required: 'string' },
    query: 'document',
    hint: 'hint',
    collation: collationField,
  },
  async run(context) {
    const path = context.command.get('key') as string;
    if (path.includes('\0')) fail(31032, 'Key field cannot contain an embedded null byte');
    const filter = filterOf(context, 'query');
    const { hint } = orderOf(context, undefined);
    const collection = context.collection(targetName(context));
    const seen = new ValueSet();
    let bytes = 0;
    await context.pull<Found>(query(context, collection, { filter, hint, readAhead: true }), ({ doc }) => {
      for (const value of distinctValues(doc, path)) {
        if (seen.has(value)) continue;
        seen.add(value);
        bytes += approximateSize(value);
        if (bytes > LARGEST_REPLY) fail(17217, 'distinct too big, 16mb cap');
      }
      return true;
    });
    return Doc.of({ values: seen.toArray() });
  },
};
