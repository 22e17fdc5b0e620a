import { defineWords } from '@cadre/ui/i18n';

/** What is said where going through the ledger has found something. */
export const verifyWords = defineWords(
  {
    history: '履历被改过',
    next: '接下来',
    nextKeep: '不要改动数据库。下载「导出给审计」里的流水和封存文件，连同这个结果一起留下。',
    nextCompare: '请审计人员用以前存在服务器以外的封存文件核对那份导出，看改动在哪两次封存之间。',
    nextFind: '凭上面的人员和位置与以前的备份对照，查清是谁、何时改的，再按备份恢复或更正。',
  },
  {
    history: 'units, posts or grades changed',
    next: 'What to do now',
    nextKeep:
      'Do not change the database. Download the ledger and the seal file under “Export for an audit”, and keep them with this result.',
    nextCompare:
      'Have an auditor verify that export with a seal file kept apart from the server, which shows between which seals the change lies.',
    nextFind:
      'Compare the people and places above with earlier backups, find out who changed what when, then restore or correct it.',
  },
);
