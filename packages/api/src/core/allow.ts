import { AppError } from '@cadre/domain/core';

/** The step of a service between loading and deciding: goes on when the policy says yes. */
export function allow(verdict: boolean): void {
  if (!verdict) throw new AppError('NOT_ALLOWED');
}
