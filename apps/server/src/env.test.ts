import { expect, it } from 'vitest';
import { readEnv, StartError } from './env';

const said = (variables: Record<string, string>): unknown => {
  try {
    return readEnv(variables, 'live', '/nonexistent');
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message;
  }
};

it.each([
  [
    { MONGODB_URI: 'localhost:27017' },
    '环境变量 MONGODB_URI 应为以 mongodb:// 或 mongodb+srv:// 开头的地址 / MONGODB_URI must be an address that begins with mongodb:// or mongodb+srv://',
  ],
  [{ PORT: '70000' }, '环境变量 PORT 应为 0–65535 的整数 / PORT must be a whole number from 0 to 65535'],
  [
    { PUBLIC_URL: 'example.com' },
    '环境变量 PUBLIC_URL 应为以 http:// 或 https:// 开头的网址 / PUBLIC_URL must be an address that begins with http:// or https://',
  ],
  [
    { LOG_LEVEL: 'loud' },
    '环境变量 LOG_LEVEL 应为 fatal、error、warn、info 或 debug / LOG_LEVEL must be fatal, error, warn, info or debug',
  ],
  [{ HOST: '' }, '环境变量 HOST 应为一个地址 / HOST must be an address'],
  [{ DATA_DIR: '' }, '环境变量 DATA_DIR 应为一个文件夹 / DATA_DIR must be a folder'],
])('says in one line what %o was to be', (variables, line) => {
  expect(said(variables)).toBe(line);
});
