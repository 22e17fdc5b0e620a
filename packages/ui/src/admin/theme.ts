import { theme, type ThemeConfig } from 'antd';
import { appScale, gridStep, largeTypeFactor, palettes, shadows, type ThemeName } from '../tokens';

export interface AdminLook {
  readonly theme: ThemeName;
  readonly largeType: boolean;
  readonly reducedMotion: boolean;
}

/**
 * antd's theme from our tokens. Every colour that antd would otherwise mix by itself is named, so that what is on
 * screen is what the contrast test has measured.
 */
export function adminTheme({ theme: name, largeType, reducedMotion }: AdminLook): ThemeConfig {
  const colour = palettes[name];
  const factor = largeType ? largeTypeFactor : 1;
  const shadow = shadows[name];
  return {
    algorithm: theme.defaultAlgorithm,
    token: {
      fontFamily: 'var(--fonts)',
      fontSize: appScale.admin.body * factor,
      lineHeight: 1.5714,
      borderRadius: appScale.admin.radius,
      sizeUnit: gridStep,
      controlHeight: 32 * factor,
      motion: !reducedMotion,
      motionDurationFast: '0.08s',
      motionDurationMid: '0.16s',
      motionDurationSlow: '0.16s',
      wireframe: false,

      colorPrimary: colour.primary,
      colorInfo: colour.primary,
      colorSuccess: colour.met,
      colorWarning: colour.wait,
      colorError: colour.refusal,
      colorLink: colour.primary,
      colorLinkHover: colour.primary,
      colorLinkActive: colour.primary,
      colorTextBase: colour.ink,
      colorBgBase: colour.surface,

      colorPrimaryHover: colour.primary,
      colorPrimaryActive: colour.primary,
      colorPrimaryText: colour.primary,
      colorPrimaryTextHover: colour.primary,
      colorPrimaryTextActive: colour.primary,
      colorPrimaryBg: colour.primarySoft,
      colorPrimaryBgHover: colour.primarySoft,
      colorPrimaryBorder: colour.primary,
      colorInfoBg: colour.primarySoft,
      colorInfoBorder: colour.line,
      colorSuccessBg: colour.metSoft,
      colorSuccessBorder: colour.line,
      colorSuccessText: colour.met,
      colorWarningBg: colour.waitSoft,
      colorWarningBorder: colour.line,
      colorWarningText: colour.wait,
      colorErrorBg: colour.refusalSoft,
      colorErrorBgHover: colour.refusalSoft,
      colorErrorBorder: colour.refusal,
      colorErrorHover: colour.refusal,
      colorErrorActive: colour.refusal,
      colorErrorText: colour.refusal,

      colorText: colour.ink,
      colorTextSecondary: colour.ink2,
      colorTextTertiary: colour.ink2,
      colorTextQuaternary: colour.ink2,
      colorTextPlaceholder: colour.ink2,
      colorTextDescription: colour.ink2,
      colorTextHeading: colour.ink,
      colorTextLabel: colour.ink2,
      colorTextLightSolid: colour.onPrimary,
      colorIcon: colour.ink2,
      colorIconHover: colour.ink,

      colorBgLayout: colour.paper,
      colorBgContainer: colour.surface,
      colorBgElevated: colour.raised,
      colorBgSpotlight: colour.ink,
      colorBgMask: 'rgb(20 22 25 / 0.5)',
      colorFill: colour.line,
      colorFillSecondary: colour.fill,
      colorFillTertiary: colour.fill,
      colorFillQuaternary: colour.fill,
      colorFillAlter: colour.paper,
      colorBorder: colour.control,
      colorBorderSecondary: colour.line,
      colorSplit: colour.line,

      boxShadow: shadow,
      boxShadowSecondary: shadow,
      boxShadowTertiary: 'none',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Table: {
        headerBg: colour.surface,
        headerColor: colour.ink2,
        headerSortActiveBg: colour.surface,
        headerSortHoverBg: colour.fill,
        bodySortBg: colour.surface,
        fixedHeaderSortActiveBg: colour.surface,
        headerSplitColor: 'transparent',
        rowHoverBg: colour.fill,
        rowSelectedBg: colour.primarySoft,
        rowSelectedHoverBg: colour.primarySoft,
        borderColor: colour.line,
        cellPaddingBlockSM: 7 * factor - 0.5,
        cellPaddingInlineSM: 12,
        footerBg: colour.paper,
      },
      Tooltip: { colorTextLightSolid: colour.paper },
      Segmented: { trackBg: colour.fill, itemSelectedBg: colour.surface, itemColor: colour.ink2 },
      Drawer: { paddingLG: 20 },
      Tabs: { inkBarColor: colour.primary, itemColor: colour.ink2 },
      Form: { verticalLabelPadding: `0 0 ${gridStep}px`, labelColor: colour.ink },
    },
  };
}
