import type { FormInstance } from 'antd';
import type { z } from 'zod';
import { schemaFormWords } from './schema-form.words';

/** What is wrong with one field, in words. */
function wordIssue(issue: z.core.$ZodIssue): string {
  const { say } = schemaFormWords;
  switch (issue.code) {
    case 'invalid_type':
    case 'invalid_union':
      return say('required');
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array') return say('required');
      return say('tooSmall', { minimum: String(issue.minimum) });
    case 'too_big':
      if (issue.origin === 'string') return say('tooLong');
      if (issue.origin === 'array') return say('tooMany');
      return say('tooBig', { maximum: String(issue.maximum) });
    case 'invalid_format':
      return say('format');
    case 'custom':
      return say('order');
    default:
      return say('other');
  }
}

/**
 * Reads the values of a form with the schema of the procedure it is sent to. Where they do not fit, the fields say
 * why and the first of them is shown; the answer is then null and nothing is sent.
 */
export function readForm<Schema extends z.ZodType, Values extends object>(
  form: FormInstance<Values>,
  schema: Schema,
  values: unknown,
): z.output<Schema> | null {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    name: issue.path as (string | number)[],
    errors: [wordIssue(issue)],
  }));
  form.setFields(fields as Parameters<typeof form.setFields>[0]);
  const [first] = fields;
  if (first) form.scrollToField(first.name, { block: 'center', focus: true });
  return null;
}
