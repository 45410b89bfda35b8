import type { MantineColorsTuple } from '@mantine/core';

/**
 * The look in one place. A standard of measure: verdigris (the patina of old instruments) for what one can act on, brass for
 * marks and warnings, a paper-cool neutral for everything else. Text colours hold 4.5:1 on their grounds in both schemes.
 */

export const verdigris: MantineColorsTuple = [
  '#ecf6f5', '#d5eae8', '#abd4d1', '#7dbcb9', '#55a5a2', '#2f8d8b', '#177475', '#0f5f61', '#0c4d4f', '#083a3c',
];

export const brass: MantineColorsTuple = [
  '#fdf7e7', '#f8ebc8', '#f0d793', '#e6c160', '#dbad3d', '#c6952a', '#a3781c', '#835f14', '#684b10', '#4c360b',
];

export const slate: MantineColorsTuple = [
  '#f7f9f9', '#eef2f2', '#e1e8e8', '#cdd7d8', '#8a979a', '#74858a', '#56666a', '#435257', '#2c393d', '#1a2427',
];

/** Dark grounds, tinted like the patina; index 7 is the page, 6 the cards, 4 the borders, 0 the text. */
export const night: MantineColorsTuple = [
  '#dfe7e7', '#c2cdce', '#9fadaf', '#74858a', '#39484c', '#2b383c', '#1c272a', '#141d20', '#0f1618', '#0a1011',
];

/** For what fails or destroys; text on white holds 4.5:1 from index 5 on. */
export const seal: MantineColorsTuple = [
  '#fdf0ee', '#fadbd7', '#f3b6af', '#ea8d83', '#e6766b', '#c4443a', '#b4362e', '#a82f27', '#7f221b', '#591510',
];

export const radii = { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' };

/** A palette for labels: apart in hue and in lightness, 3:1 on light and dark image grounds with the two-colour outline. */
export const labelColors = [
  '#c08a2b', '#177475', '#b4473f', '#4b6cc1', '#7a4fa3', '#4c8a3a', '#c45f8d', '#2b8fb5', '#8a6a4f', '#6b7a1f',
];

export const fontSans = "'IBM Plex Sans Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif";
export const fontMono = "'IBM Plex Mono', ui-monospace, 'SF Mono', Menlo, Consolas, monospace";
