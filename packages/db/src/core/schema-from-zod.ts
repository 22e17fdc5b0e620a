import mongoose, { Schema, type SchemaDefinitionProperty } from 'mongoose';
import type { z } from 'zod';

type Definition = { type: string; [key: string]: unknown };
const definitionOf = (type: z.core.$ZodType): Definition => type._zod.def as unknown as Definition;

/** The mongoose property of one zod type. Unions and records are stored as they are: zod has checked them at the edge. */
function propertyOf(type: z.core.$ZodType): SchemaDefinitionProperty {
  const def = definitionOf(type);
  switch (def.type) {
    case 'string':
      return { type: String };
    case 'enum':
      return { type: String, enum: Object.values(def['entries'] as Record<string, string>) };
    case 'number':
      return { type: Number };
    case 'boolean':
      return { type: Boolean };
    case 'date':
      return { type: Date };
    case 'literal': {
      const [value] = def['values'] as unknown[];
      return { type: typeof value === 'number' ? Number : typeof value === 'boolean' ? Boolean : String };
    }
    case 'array':
      return {
        type: [propertyOf(def['element'] as z.core.$ZodType)],
        default: undefined,
      } as SchemaDefinitionProperty;
    case 'object':
      return { type: new Schema(fieldsOf(type), { _id: false, strict: 'throw', minimize: false }) };
    case 'nullable':
    case 'optional':
    case 'readonly':
    case 'default':
      return propertyOf(def['innerType'] as z.core.$ZodType);
    case 'pipe':
      return propertyOf(def['in'] as z.core.$ZodType);
    case 'union':
    case 'record':
    case 'unknown':
    case 'custom':
      return { type: mongoose.Schema.Types.Mixed };
    default:
      throw new Error(`schemaFromZod: no mongoose property for zod type "${def.type}"`);
  }
}

function fieldsOf(type: z.core.$ZodType): Record<string, SchemaDefinitionProperty> {
  const shape = definitionOf(type)['shape'] as Record<string, z.core.$ZodType>;
  return Object.fromEntries(Object.entries(shape).map(([name, field]) => [name, propertyOf(field)]));
}

/**
 * The mongoose schema of an entity, made from its zod schema, so that a field is written down once.
 * `id` becomes `_id` (text). Unknown fields throw; indexes are made by `ensureIndexes`, never by themselves.
 */
export function schemaFromZod(
  entity: z.ZodObject,
  extra: Record<string, SchemaDefinitionProperty> = {},
): Schema {
  const { id: _id, ...fields } = fieldsOf(entity);
  return new Schema(
    { _id: { type: String, required: true }, ...fields, ...extra },
    { strict: 'throw', versionKey: false, id: false, autoIndex: false, autoCreate: false, minimize: false },
  );
}
