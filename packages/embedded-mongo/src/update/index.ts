export { compileUpdate, type Update } from './update';
export { prepareInsert } from './insert';
