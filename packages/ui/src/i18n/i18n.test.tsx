import { act, render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { changeLanguage, defineWords, useLanguage, wordDefects } from './index';

const seats = defineWords(
  { title: '名额', left: '还有 {{count}} 席', by: { person: '{{name}} 的名额' } },
  {
    title: 'Seats',
    left: { one: '{{count}} seat left', other: '{{count}} seats left' },
    by: { person: "{{name}}'s seat" },
  },
);

function Seats({ count }: { readonly count: number }) {
  const say = seats.use();
  return (
    <p lang={useLanguage()}>
      {say('title')} · {say('left', { count })} · {say('by.person', { name: '林海燕' })}
    </p>
  );
}

afterEach(() => changeLanguage('zh'));

describe('words', () => {
  it('are Chinese unless the person chose otherwise, and change on the open page', () => {
    render(<Seats count={1} />);
    expect(screen.getByText('名额 · 还有 1 席 · 林海燕 的名额')).toBeDefined();
    act(() => changeLanguage('en'));
    expect(screen.getByText("Seats · 1 seat left · 林海燕's seat").lang).toBe('en');
    expect(document.documentElement.lang).toBe('en');
  });

  it('count in English as English does', () => {
    changeLanguage('en');
    expect(seats.say('left', { count: 1 })).toBe('1 seat left');
    expect(seats.say('left', { count: 3 })).toBe('3 seats left');
  });

  it('do not compile with a wrong key, a missing value or a missing translation', () => {
    // @ts-expect-error there is no such sentence
    expect(() => seats.say('titel')).toThrow(RangeError);
    // @ts-expect-error the sentence needs a count
    expect(seats.say('left')).toBe('还有 {{count}} 席');
    // @ts-expect-error the value has another name
    expect(seats.say('by.person', { who: '林海燕' })).toBe('{{name}} 的名额');
    // @ts-expect-error English lacks `bye`
    expect(defineWords({ hello: '您好', bye: '再见' }, { hello: 'Hello' }).say('hello')).toBe('您好');
  });

  it('are told apart when a language forgets a value, says nothing or borrows punctuation', () => {
    expect(wordDefects({ a: '差 {{days}} 天' }, { a: '{{day}} days missing' })).toEqual([
      'a: fills {days} in Chinese, {day} in English',
    ]);
    expect(wordDefects({ a: { b: '好' } }, { a: { b: ' ' } })).toEqual(['a.b: empty']);
    expect(wordDefects({ a: '好,再见' }, { a: 'Well, good-bye' })).toEqual([
      'a: Western punctuation in Chinese',
    ]);
    expect(wordDefects({ a: '{{count}} 席' }, { a: { one: 'one seat', other: '{{count}} seats' } })).toEqual(
      [],
    );
  });
});
