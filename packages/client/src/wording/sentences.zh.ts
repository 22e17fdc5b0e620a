import type { Facts, Sentences } from './sentence';

/** Who has the place: by name where the reader may see it, otherwise by the time alone. */
const rivalZh = ({ has, moment, text }: Facts): string => {
  if (!has('startsAt')) return '同一个时间只能有一个安排。';
  const time = `${moment('startsAt', '')} 到 ${moment('endsAt', '')}`;
  return has('title') ? `是「${text('title')}」，${time}。` : `${time} 已有安排。`;
};

export const sentencesZh: Sentences = {
  DEFECT: { what: '系统出错了，刚才的操作没有完成', next: '请再试一次；还是不行，把编号告诉管理员。' },
  UNREACHABLE: { what: '连不上服务器', next: '请检查网络，再试一次。' },
  INPUT_INVALID: { what: '有内容没填对', next: '请检查标出的地方，改好再试。' },
  NOT_SIGNED_IN: { what: '登录已过期', next: '请重新登录，这一页会保留。' },
  NOT_KEPT: {
    what: '没有网络，这一页还没有存到手机上',
    next: '有网络时打开过的页面，没有网络也能看。连上网络会自动打开。',
  },
  SIGNED_IN_AGAIN: { what: '您已重新登录', next: '刚才的操作没有生效，请再做一次。填写的内容都在。' },
  CREDENTIALS_WRONG: {
    what: '账号或密码不对',
    why: ({ number, has }) =>
      has('attemptsLeft')
        ? `再错 ${number('attemptsLeft')} 次，账号会锁定 15 分钟。`
        : '连续输错 5 次，账号会锁定 15 分钟。',
    next: '请检查后重新输入。忘了密码，请找本单位联络员或系统管理员。',
  },
  API_KEY_MISSING: { what: '请求里没有接口密钥', next: '请在请求头里带上 Authorization: Bearer 密钥。' },
  API_KEY_WRONG: { what: '接口密钥无效', next: '请在「系统 · 接口」里核对密钥。' },
  ACCOUNT_LOCKED: {
    what: '这个账号暂时锁定了',
    why: '连续输错 5 次密码，账号会锁定 15 分钟，防止别人猜中。',
    next: ({ number }) =>
      `请 ${number('minutes', '15')} 分钟后再试，或请本单位联络员或系统管理员发一次性密码。`,
  },
  TOO_MANY_REQUESTS: { what: '操作太快了', next: '请等几秒再试。' },
  PASSWORD_TRIES_SPENT: {
    what: '当前密码输错太多次，暂时不能换',
    why: '15 分钟内最多输错 5 次，防止别人用您打开的页面试密码。',
    next: ({ number }) => `请 ${number('minutes', '15')} 分钟后再试。登录不受影响。`,
  },
  PASSWORD_CHANGE_REQUIRED: { what: '请先换一个自己的密码', why: '现在的密码是别人替您设的。' },
  CURRENT_PASSWORD_WRONG: {
    what: '当前密码不对',
    next: '请重新输入当前密码。忘了的话，请找本单位联络员或系统管理员。',
  },
  PASSWORD_TOO_WEAK: {
    what: '这个密码太简单',
    why: '密码至少 10 位，并且大写字母、小写字母、数字、符号里至少有三种。',
    next: '请换一个。',
  },
  PASSWORD_UNCHANGED: { what: '新密码和原来的一样', next: '请换一个不同的。' },
  NOT_ALLOWED: {
    what: '您的账号不能做这件事',
    why: '它不在您的授权范围内。',
    next: '授权由系统管理员管理。',
  },
  FOREIGN_ORIGIN: { what: '这个请求不是从本平台发出的，没有执行', next: '请从平台首页重新进入。' },
  NOT_FOUND: { what: '没有找到', why: '它可能已被删除，也可能不在您的授权范围内。', next: '请返回上一页。' },
  CHANGED_MEANWHILE: {
    what: '刚才有人改过这一项，您的修改没有保存',
    next: '请看一下最新内容，再改一次。',
  },
  DUPLICATE: { what: '已经有一个一样的了', next: '请换一个，或打开已有的那个。' },
  LOGIN_NAME_TAKEN: { what: '这个账号名已被使用', next: '请换一个。' },
  PERSON_NO_TAKEN: { what: '这个人员编号已被使用', next: '请核对编号；同一个人只建一份记录。' },
  UNIT_CODE_TAKEN: { what: '这个单位代码已被使用', next: '请换一个。' },
  GRANT_SCOPE_MISMATCH: { what: '这个角色不能授在这样的范围上', next: '请换一种范围。' },
  CHARTER_CENTRAL_EXISTS: {
    what: '中央基地已经有一个，不能再设',
    why: '联盟章程：中央基地只有 1 个。',
    next: '请改为省市基地或案例教学基地。',
  },
  CHARTER_REGIONAL_FULL: {
    what: '省市基地的名额已满',
    why: ({ number }) => `联盟章程：省市基地最多 ${number('limit', '9')} 个。`,
    next: '请先调整一个现有的省市基地。',
  },
  CHARTER_PARENT_INVALID: {
    what: '上级基地选得不对',
    why: '联盟章程：案例教学基地归中央基地或省市基地，其他基地没有上级。',
    next: '请重新选择上级基地。',
  },
  BASE_CODE_TAKEN: { what: '这个基地代码已被使用', next: '请换一个。' },
  BASE_NOT_OPERATING: { what: '这个基地目前不接待', next: '请换一个基地，或等它恢复。' },
  VENUE_CLASH: { what: '这个场地在这个时间已有安排', why: rivalZh, next: '请换个时间或场地。' },
  INSTRUCTOR_CLASH: { what: '这位老师在这个时间已有课', why: rivalZh, next: '请换个时间或老师。' },
  CLASS_CLASH: { what: '这个班在这个时间已有别的课', why: rivalZh, next: '请换个时间。' },
  BASE_CAPACITY_EXCEEDED: {
    what: '这个半天基地接待不下',
    why: ({ number, has }) =>
      has('capacity') ? `基地半天最多接待 ${number('capacity')} 人。` : '每个基地半天能接待的人数有上限。',
    next: '请换个半天，或减少人数。',
  },
  VENUE_TOO_SMALL: {
    what: ({ number, has }) =>
      has('seats')
        ? `这个场地坐不下：场地 ${number('seats')} 座，计划 ${number('people')} 人`
        : '这个场地坐不下',
    next: '请换个大些的场地，或减少人数。',
  },
  OUTSIDE_OPENING_HOURS: { what: '这个时间基地不开放', next: '请换到开放时间内。' },
  BASE_BLACKOUT: {
    what: '这一天基地不接待',
    why: ({ has, text }) => (has('reason') ? `原因：${text('reason')}。` : '基地停止接待的日子在基地页上。'),
    next: '请换一天。',
  },
  SESSION_IN_PAST: { what: '开始时间已经过去', next: '请选一个以后的时间。' },
  SESSION_NOT_SCHEDULED: { what: '这节课已开始、已结束或已取消，不能再改' },
  WORTH_INVALID: {
    what: '半天数或学时填得不对',
    why: '一天最多计 1 天（上午、下午、晚上合计），学时要大于 0。',
    next: '请改好再试。',
  },
  CLASS_NOT_OPEN: { what: '这个班现在不能报名' },
  ENROLLMENT_NOT_OPEN_YET: {
    what: '报名还没开始',
    next: ({ moment, has }) =>
      has('opensAt') ? `${moment('opensAt', '')} 开始报名。` : '请看班级页上的开始时间。',
  },
  ENROLLMENT_CLOSED: {
    what: '报名已经截止',
    why: ({ moment, has }) =>
      has('closedAt') ? `截止时间是 ${moment('closedAt', '')}。` : '过了截止时间，名单就定了。',
    next: '可以看看别的班。',
  },
  ALREADY_ENROLLED: { what: '您已经报过这个班了', next: '在「日程」里可以看到。' },
  NOT_ENROLLED: {
    what: ({ has }) => (has('waiting') ? '还在候补，现在没有座位' : '不在这个班的名单里'),
    next: ({ has }) =>
      has('waiting')
        ? '递补上以后再签到；现场有空位时，请找班主任。'
        : '如果名单有误，请找班主任或本单位联络员。',
  },
  WITHDRAWAL_CLOSED: {
    what: '退出的时间已过',
    why: '名单定下以后，空出的名额来不及补上。',
    next: '开课前，可以请单位联络员代为退出；开课以后，请告诉班主任或基地，由他们在现场名单里登记。',
  },
  CAPACITY_BELOW_ENROLLED: {
    what: '名额不能少于已报名的人数',
    why: ({ number, has }) =>
      has('enrolled') ? `已有 ${number('enrolled')} 人报名。` : '已报名的人不会被减掉。',
    next: '请填大一些的数。',
  },
  NOMINATION_ONLY: { what: '这个班由组织选派，不能自己报名', next: '想参加，请告诉本单位联络员。' },
  ROOM_NOT_OPEN: { what: '课堂还没打开', next: '请等主持人开课，这一页会自己更新。' },
  ROOM_CLOSED: { what: '课堂已经结束', next: '签到有误，可以在「我的学分」里提出。' },
  ROOM_TOO_EARLY: {
    what: '还没到签到时间',
    next: ({ moment, has }) =>
      has('opensAt') ? `${moment('opensAt', '')} 起可以签到。` : '请在开课前再试。',
  },
  ROOM_TOO_LATE: {
    what: '这次课的时间已经过去，没有开课',
    next: '没有上的课，请在排课里取消并写明原因；改期的，请另排一次。',
  },
  CHECK_IN_CODE_WRONG: { what: '签到码不对', next: '请看大屏上现在的码，重新输入。' },
  CHECK_IN_CODE_EXPIRED: {
    what: '这个签到码已经换了',
    why: '签到码每隔一会儿换一次，防止代签。',
    next: '请用大屏上现在的码。',
  },
  CHECK_IN_TICKET_SPENT: { what: '这张签到凭证已用过', next: '请重新扫码。' },
  NOT_CHECKED_IN: { what: '您还没有签到', next: '请先签到。' },
  ALREADY_CHECKED_OUT: { what: '您已经签退了', next: '时间有误，可以在这里提出。' },
  STATEMENT_OF_FUTURE_DAY: { what: '这一天还没有到，没有记录可看', next: '请选今天或以前的日期。' },
  REGULATION_NOT_IN_FORCE: {
    what: '这段时间没有生效的学分办法，暂时不能结算',
    next: '办法生效后会自动结算，不用重新申请。',
  },
  COUNTERSIGNATURE_WRONG: { what: '这个会签与封存不符', next: '请用本单位的密钥对这一号封存重新签名。' },
  OFFICE_KEY_MISSING: { what: '本单位还没有登记会签密钥', next: '请先登记公钥，再对这一号封存会签。' },
  OFFICE_KEY_USED: { what: '这把公钥本单位登记过', next: '请另生成一对密钥，登记新的公钥。' },
  REGULATION_UNREADABLE: {
    what: ({ has, text, number }) =>
      has('code') && has('version')
        ? `学分办法「${text('code')}」第 ${number('version')} 版读不出来，这里暂时算不了`
        : '有一版学分办法读不出来，这里暂时算不了',
    why: '它在数据库里的文本被改动过。已入账的流水不受影响。',
    next: '请告诉系统管理员：先核对流水，再从备份恢复这一版的文本。恢复后照常。',
  },
  REGULATION_VERSION_SKIPPED: {
    what: ({ has, number }) =>
      has('next') ? `版本号跳过了第 ${number('next')} 版，草稿没有保存` : '版本号跳过了一版，草稿没有保存',
    why: '版本号是第几版，一版接着一版。',
    next: ({ has, number }) =>
      has('next')
        ? `请把文件里的 version 改成 ${number('next')}，再保存。`
        : '请把文件里的 version 改成下一版，再保存。',
  },
  REGULATION_VERSION_FIXED: {
    what: ({ has, text, number }) =>
      has('code') && has('version')
        ? `这份草稿是“${text('code')}”第 ${number('version')} 版，改动没有保存`
        : '这份草稿的代码或版本号变了，改动没有保存',
    why: '草稿存过以后，代码和版本号不再改。',
    next: ({ has, text, number }) =>
      has('code') && has('version')
        ? `请把 id 写回“${text('code')}”、version 写回 ${number('version')}，再保存；要写别的一版，请另行起草。`
        : '请写回原来的代码和版本号，再保存；要写别的一版，请另行起草。',
  },
  REGULATION_VERSION_TAKEN: {
    what: '这个办法的这一版不能用了',
    why: '已有同一版或更新的版本。',
    next: '请把版本号加 1，另存为新的草稿。',
  },
  REGULATION_NEEDS_SECOND_PERSON: {
    what: '自己写的办法不能自己批准',
    why: '每一版都要由起草人以外的人批准。',
    next: '请组织部另一位负责办法的同事批准。',
  },
  REGULATION_STARTS_IN_PAST: {
    what: '生效日期要晚于今天',
    why: '已经结算的学分不能因为新办法改变。',
    next: '请把草稿的生效日期改到今天以后；已经送交的，先退回起草人。',
  },
  YEAR_ALREADY_FROZEN: { what: '这个考核年度已经定格', next: '后来的更正会成为新的版本，旧的保留。' },
  CUT_OFF_NOT_REACHED: {
    what: '还没到截止日，不能定格',
    next: ({ moment, has }) =>
      has('cutOff') ? `${moment('cutOff', '')} 之后可以定格。` : '请在截止日之后再试。',
  },
  FEED_CURSOR_INVALID: { what: '读取位置无效', next: '请从头读取，或用上一次返回的位置。' },
  CLOCK_NOT_DEMONSTRATION: { what: '这里用的是真实时间，不能调' },
  CLOCK_BACKWARDS: { what: '演示时钟只能往前走', next: '请选一个以后的时间。' },
  CHARTER_CENTRAL_REQUIRED: {
    what: '联盟必须有一个中央基地，这个不能撤',
    why: '联盟章程：中央基地恰好 1 个。',
    next: '请先设好接替它的中央基地。',
  },
  CHARTER_BELOW_LISTED: {
    what: '章程的名额不能少于已挂牌的基地数',
    why: '已挂牌的基地不会因此被摘牌。',
    next: '请填大一些的数。',
  },
  BASE_MOVE_INVALID: {
    what: '基地现在的状态不能这样变',
    why: '基地按 申报、形式审查、实地考察、公示、挂牌 一步一步来。',
    next: '请看这个基地现在走到哪一步。',
  },
  BASE_HAS_CASE_SITES: {
    what: '这个基地下面还有案例教学基地',
    why: '下级基地不能没有上级。',
    next: '请先把它们转到别的基地。',
  },
  VENUE_CODE_TAKEN: { what: '这个场地代码已被使用', next: '请换一个。' },
  THEME_CODE_TAKEN: { what: '这个专题代码已被使用', next: '请换一个。' },
  COURSE_CODE_TAKEN: { what: '这个课程代码已被使用', next: '请换一个。' },
  COURSE_MOVE_INVALID: {
    what: '课程现在的状态不能这样变',
    why: '课程要经过三步审核才能发布。',
    next: '请看这门课现在走到哪一步。',
  },
  COURSE_REVIEW_OVERDUE: {
    what: '这门课过了复审日期，暂时不能用',
    why: '课程到期要重新审核，内容才不会过时。',
    next: '请先完成复审。',
  },
  MICRO_LESSON_CODE_TAKEN: { what: '这个微课代码已被使用', next: '请换一个。' },
  COURSE_NOT_OFFERED: {
    what: '这门课现在不能排',
    why: '只有已发布、没过复审日期的课程能排。',
    next: '请换一门课，或先完成复审。',
  },
  RESOURCE_NOT_IN_USE: { what: '选的场地或老师已停用', next: '请换一个。' },
  CLASS_TIMES_INVALID: {
    what: '班级的时间前后不一致',
    why: '报名开始要早于截止，截止不能晚于第一次课。',
    next: '请检查标出的时间。',
  },
  CHECK_IN_TICKET_EXPIRED: { what: '这张签到凭证过期了', next: '请重新扫码。' },
  ATTENDANCE_MODE_NOT_OFFERED: { what: '这次课不能用这种方式参加', next: '请看课程页上写的参加方式。' },
  EXTENSION_OUT_OF_RANGE: {
    what: '不能延长到这个时间',
    next: ({ moment, has }) =>
      has('latest') ? `最晚可以延到 ${moment('latest', '')}。` : '请选早一些的时间。',
  },
  HISTORY_OUT_OF_ORDER: {
    what: '日期和已有的经历对不上',
    why: '同一个人的单位、职务、职级按日期先后排列，不能倒着写。',
    next: '请看已有的经历，改好日期再试。',
  },
  NOTHING_TO_WITHDRAW: {
    what: '今天没有登记可以撤回的变动',
    why: '变动只能在登记当天撤回；过了当天，以前某日的学时学分单已经按它说话。',
    next: '请另外登记一个更正的变动。',
  },
  HISTORY_NOT_YET: { what: '这个变动还没有生效', next: '请在生效那天或之后登记。' },
  ALREADY_IN_UNIT: {
    what: '这个人就在这个单位，没有登记这个变动',
    why: '调动和借调都要去另一个单位。',
    next: '请另选一个单位。',
  },
  HISTORY_SEALED: {
    what: '服务器的日期不对，变动没有登记',
    why: ({ text }) => `履历已经封存到 ${text('until')}，服务器却以为今天还没有过那天。`,
    next: '请系统管理员校准服务器的时间，再登记一次。',
  },
  PERSON_NOT_SERVING: {
    what: '这个人已不在职，没有登记这个变动',
    why: ({ text }) =>
      text('until') === ''
        ? '任职已经结束，此后的调动、任职和职级都不再登记。'
        : `任职到 ${text('until')} 为止，此后的调动、任职和职级都不再登记。`,
    next: '如果还在职，请先登记恢复任职。',
  },
  ACCOUNT_EXISTS: { what: '这个人已经有账号了', next: '请打开已有的账号。' },
};
