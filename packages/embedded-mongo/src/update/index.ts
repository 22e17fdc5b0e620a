export { compileUpdate, type Update, type UpdateOptions } from './update';
export { prepareInsert } from './insert';
