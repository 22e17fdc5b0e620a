import type { refusalOf } from '@cadre/api/core';
import type { Bilingual, ErrorCode } from '@cadre/domain/core';

type Refusal = ReturnType<typeof refusalOf>;

const BY_KIND: Readonly<Record<Refusal['kind'], Bilingual>> = {
  invalid: { zh: '请求里有不对的内容', en: 'Something in the request is wrong' },
  unauthenticated: { zh: '没有认出请求者', en: 'The caller is not known' },
  forbidden: { zh: '没有这样做的权限', en: 'The caller may not do this' },
  'not-found': { zh: '没有找到', en: 'Not found' },
  conflict: { zh: '与现有的内容冲突', en: 'It conflicts with what is there' },
  precondition: { zh: '现在还不能这样做', en: 'It cannot be done now' },
  'rate-limited': { zh: '请求太多，请稍后再试', en: 'Too many requests, try again later' },
  defect: {
    zh: '系统出了问题，请把请求编号告诉系统管理员',
    en: 'Something of ours broke; tell the system admin the request id',
  },
};

const BY_CODE: Readonly<Partial<Record<ErrorCode, Bilingual>>> = {
  API_KEY_MISSING: {
    zh: '请求里没有接口密钥：请在请求头里带上 Authorization: Bearer 密钥',
    en: 'The request carries no API key: send it in the header Authorization: Bearer',
  },
  NOT_SIGNED_IN: {
    zh: '还没有登录：请先登录，再打开这个地址',
    en: 'Nobody is signed in: sign in first, then open this address again',
  },
  PASSWORD_CHANGE_REQUIRED: {
    zh: '请先在网页里修改初始密码',
    en: 'Change the first password in the app first',
  },
  NOT_ALLOWED: {
    zh: '您没有看这份内容的权限，请找本单位联络员或系统管理员',
    en: 'You may not read this; ask the training officer of your unit or the system admin',
  },
  NOT_FOUND: {
    zh: '没有找到：地址里的编号可能不对，或者您无权知道有没有',
    en: 'Not found: the id in the address may be wrong, or you may not know whether it exists',
  },
  STATEMENT_OF_FUTURE_DAY: {
    zh: '这一天还没有到：asOf 请用今天或以前的日期',
    en: 'That day lies in the future: let asOf be today or an earlier one',
  },
  API_KEY_WRONG: { zh: '接口密钥无效', en: 'The API key is not valid' },
};

/** What a program that calls REST is told beside the code, for the people who read its log. */
export function sayRestRefusal({ code, kind, details }: Refusal): Bilingual {
  const said = BY_CODE[code as ErrorCode] ?? BY_KIND[kind];
  const fields = Array.isArray(details['fields']) ? details['fields'].filter((field) => field !== '') : [];
  return fields.length === 0
    ? said
    : { zh: `${said.zh}：${fields.join('、')}`, en: `${said.en}: ${fields.join(', ')}` };
}
