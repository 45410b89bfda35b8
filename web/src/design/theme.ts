import { createTheme, type CSSVariablesResolver, type MantineThemeOverride } from '@mantine/core';
import { brass, fontMono, fontSans, night, radii, seal, slate, verdigris } from './tokens';

const dialogTitle = { fontSize: 'var(--mantine-font-size-lg)', fontWeight: 600 };

export const theme: MantineThemeOverride = createTheme({
  colors: { verdigris, brass, red: seal, gray: slate, dark: night },
  primaryColor: 'verdigris',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  luminanceThreshold: 0.24,
  fontFamily: fontSans,
  fontFamilyMonospace: fontMono,
  headings: {
    fontFamily: fontSans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.3' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.35' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.84375rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  radius: radii,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' }, styles: { root: { fontWeight: 550 } } },
    // Told apart by more than the colour of a line.
    Tabs: { styles: { tab: { fontWeight: 550 } }, vars: () => ({ root: { '--tabs-color': 'var(--etalon-accent)', '--tabs-list-border-size': '1px' } }) },
    TextInput: { defaultProps: { size: 'sm' } },
    Table: { defaultProps: { verticalSpacing: 8, horizontalSpacing: 'md', borderColor: 'var(--etalon-line)' } },
    TableScrollContainer: { defaultProps: { type: 'native' } },
    Card: { defaultProps: { withBorder: true, padding: 'md', radius: 'md' } },
    // In a narrow column the column grows, and no badge is cut off.
    Badge: { defaultProps: { variant: 'light', radius: 'sm' }, styles: { root: { textTransform: 'none', fontWeight: 550, overflow: 'visible' }, label: { overflow: 'visible' } } },
    // A dialogue's head is a <header>, which would stand beside the page's as a second banner.
    Modal: { defaultProps: { centered: true, radius: 'md', attributes: { header: { role: 'presentation' } } }, styles: { title: dialogTitle } },
    Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } }, styles: { title: dialogTitle } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** Grounds and lines that Mantine's defaults would leave grey. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--etalon-gap': '1rem',
    '--etalon-brass': brass[4],
  },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': slate[9],
    '--mantine-color-dimmed': slate[6],
    '--mantine-color-default-border': slate[2],
    '--mantine-color-anchor': verdigris[7],
    '--etalon-ground': slate[0],
    '--etalon-surface': '#ffffff',
    '--etalon-line': slate[2],
    '--etalon-soft': slate[1],
    '--etalon-accent': verdigris[7],
    '--etalon-accent-soft': verdigris[0],
    '--etalon-mark': brass[6],
    '--etalon-good': '#2d7d46',
    '--mantine-color-error': seal[6],
    '--etalon-bad': seal[6],
  },
  dark: {
    '--mantine-color-body': night[6],
    '--mantine-color-text': night[0],
    '--mantine-color-dimmed': night[2],
    '--mantine-color-default-border': night[4],
    '--mantine-color-anchor': verdigris[3],
    '--mantine-color-gray-light': night[4],
    '--mantine-color-gray-light-color': night[0],
    '--mantine-color-verdigris-light': '#17383a',
    '--mantine-color-verdigris-light-color': verdigris[2],
    '--mantine-color-red-light': '#35191a',
    '--mantine-color-red-light-color': seal[1],
    '--mantine-color-brass-light': '#2e2610',
    '--mantine-color-brass-light-color': brass[2],
    '--etalon-ground': night[7],
    '--etalon-surface': night[6],
    '--etalon-line': night[4],
    '--etalon-soft': night[5],
    '--etalon-accent': verdigris[4],
    '--etalon-accent-soft': '#17383a',
    '--etalon-mark': brass[4],
    '--etalon-good': '#5cb879',
    '--mantine-color-error': seal[3],
    '--etalon-bad': seal[3],
  },
});
