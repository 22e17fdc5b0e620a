import type { Bilingual } from '@cadre/domain/core';
import type { EnrollmentState, SeatReason } from '@cadre/domain/enrollment';
import type {
  ClassKind,
  ClassMode,
  ClassStage,
  ClassStatus,
  SessionMode,
  SessionStatus,
} from '@cadre/domain/training';

export const sessionModeNames: Readonly<Record<SessionMode, Bilingual>> = {
  'on-site': { zh: '现场', en: 'On site' },
  online: { zh: '线上', en: 'Online' },
  both: { zh: '现场和线上', en: 'On site and online' },
};

export const sessionStatusNames: Readonly<Record<SessionStatus, Bilingual>> = {
  scheduled: { zh: '已排定', en: 'Scheduled' },
  live: { zh: '进行中', en: 'Live' },
  closed: { zh: '已结束', en: 'Ended' },
  settled: { zh: '已结算', en: 'Settled' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  'not-held': { zh: '没有开课', en: 'Not held' },
};

export const classStatusNames: Readonly<Record<ClassStatus, Bilingual>> = {
  draft: { zh: '草稿', en: 'Draft' },
  open: { zh: '未结业', en: 'Open' },
  completed: { zh: '已结业', en: 'Completed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};

export const classStageNames: Readonly<Record<ClassStage, Bilingual>> = {
  ...classStatusNames,
  enrolling: { zh: '报名中', en: 'Enrolling' },
  'not-begun': { zh: '未开始', en: 'Not begun' },
  'under-way': { zh: '进行中', en: 'Under way' },
};

export const classModeNames: Readonly<Record<ClassMode, Bilingual>> = {
  nominated: { zh: '组织调训', en: 'By nomination' },
  'self-selected': { zh: '自主选学', en: 'Own choice' },
  mixed: { zh: '调训和选学', en: 'Nomination and own choice' },
};

export const classKindNames: Readonly<Record<ClassKind, Bilingual>> = {
  'on-site': { zh: '现场教学', en: 'On-site teaching' },
  'theme-seminar': { zh: '专题研讨班', en: 'Theme seminar' },
  appointment: { zh: '任职培训', en: 'Appointment training' },
  initial: { zh: '初任培训', en: 'Initial training' },
  business: { zh: '业务培训', en: 'Professional training' },
  main: { zh: '主体班', en: 'Main class' },
  lecture: { zh: '讲座', en: 'Lecture' },
  'online-theme': { zh: '网上专题班', en: 'Online theme class' },
};

/** `completed` says that the class is over, not that anything was earned in it: that is the credit record's to say. */
export const enrollmentStateNames: Readonly<Record<EnrollmentState, Bilingual>> = {
  enrolled: { zh: '已报名', en: 'Enrolled' },
  waiting: { zh: '候补中', en: 'On the waitlist' },
  offered: { zh: '有空位，待确认', en: 'Seat offered' },
  withdrawn: { zh: '已退出', en: 'Withdrawn' },
  declined: { zh: '已放弃', en: 'Declined' },
  expired: { zh: '候补已失效', en: 'Waitlist place ended' },
  dismissed: { zh: '已退学', en: 'Dismissed' },
  completed: { zh: '班已结束', en: 'Class ended' },
  cancelled: { zh: '班已取消', en: 'Class cancelled' },
};

/** Why a seat moved, in the words of the person it concerns. */
export const seatReasonNames: Readonly<Record<SeatReason, Bilingual>> = {
  'seat-free': { zh: '当时有名额', en: 'A seat was free' },
  'class-full': { zh: '名额已满', en: 'The class was full' },
  'seat-reserved': { zh: '剩下的名额留给其他单位', en: 'The seats left were kept for other units' },
  'seat-returned': { zh: '有人退出', en: 'Somebody withdrew' },
  'withdrawn-by-learner': { zh: '自己退出', en: 'Withdrew' },
  'withdrawn-by-officer': { zh: '由单位联络员退出', en: 'Withdrawn by the training officer' },
  'capacity-raised': { zh: '名额增加', en: 'Seats were added' },
  'after-cut-off': { zh: '空位出现时，候补已截止', en: 'The seat came after the waitlist had closed' },
  'person-no-longer-active': { zh: '已不在职', en: 'No longer in service' },
  'class-cancelled': { zh: '班取消了', en: 'The class was cancelled' },
  'walk-in': { zh: '现场补录', en: 'Added at the door' },
};

/** The class's own title beside a session's; nothing where the session already begins with it. */
export const classTitleBeside = ({ title, classTitle }: { title: string; classTitle: string }): string =>
  title.startsWith(classTitle) ? '' : classTitle;

/** Why a class was cancelled, as its sessions say, each reason once; empty when nobody has said it. */
export function cancelReasonsOf(sessions: readonly { readonly cancelledReason: string | null }[]): string[] {
  return [...new Set(sessions.flatMap(({ cancelledReason }) => cancelledReason ?? []))];
}
