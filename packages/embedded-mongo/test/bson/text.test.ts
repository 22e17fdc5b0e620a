import { describe, expect, it } from 'vitest';
import { Double, shellText } from '../../src/bson';

describe('a double in a message', () => {
  it.each([
    [1, '1.0'],
    [-0, '-0.0'],
    [0.1, '0.1'],
    [-2.5, '-2.5'],
    [0.1 + 0.2, '0.3'],
    [1 / 3, '0.3333333333333333'],
    [123456789012345680, '1.234567890123457e+17'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16.0'],
    [1e20, '1e+20.0'],
    [1.5e300, '1.5e+300'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05.0'],
    [5e-324, '4.940656458412465e-324'],
    [NaN, 'nan.0'],
    [Infinity, 'inf.0'],
    [-Infinity, '-inf.0'],
  ])('%d is printed as by C with sixteen digits', (value, text) => {
    expect(shellText(new Double(value))).toBe(text);
  });
});
