import type { Chance } from '../chance';

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷'.split(
    '',
  );
const GIVEN =
  '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 海燕 晓东 建国 志强 秀英 国平 文斌 雅婷 子涵 宇航 欣怡 俊杰 思远 丹丹 立新 春梅 振华 玉兰 红梅 永强 建军 晨曦 佳琪 一鸣 嘉豪 若溪 承志 怀远 凌云'.split(
    ' ',
  );

/** An invented name. Same names come about by chance, as they do in life. */
export const personName = (chance: Chance): string => `${chance.pick(SURNAMES)}${chance.pick(GIVEN)}`;
