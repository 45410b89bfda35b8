import type { ReactNode } from 'react';

/** A small set of line icons on a 20-unit grid, drawn for this product. Decorative: the words stand beside them. */
function icon(paths: ReactNode) {
  return function Icon({ size = 18 }: { size?: number }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths}
      </svg>
    );
  };
}

export const IconWork = icon(<><rect x="3" y="4" width="14" height="12" rx="2" /><path d="M7 9.5l2.2 2.2L13.5 7.5" /></>);
export const IconProjects = icon(<><rect x="3" y="3.5" width="6" height="6" rx="1.2" /><rect x="11" y="3.5" width="6" height="6" rx="1.2" /><rect x="3" y="11" width="6" height="6" rx="1.2" /><path d="M11.5 14h5M14 11.5v5" /></>);
export const IconPeople = icon(<><circle cx="7.5" cy="7" r="2.8" /><path d="M2.5 16.5c.5-3 2.4-4.5 5-4.5s4.500 1.500 5 4.500" /><path d="M13 4.600a2.600 2.600 0 010 4.900M14.800 12.300c1.500.7 2.400 2 2.700 4.200" /></>);
export const IconAudit = icon(<><path d="M4 3.500h12v13l-2-1.400-2 1.400-2-1.400-2 1.400-2-1.400-2 1.400z" /><path d="M7 7.500h6M7 10.500h6" /></>);
export const IconClients = icon(<><path d="M3.500 16.500v-11l6-2.500v13.500M9.500 8l7 2v6.500M2 16.500h16" /><path d="M6.500 8v.01M6.500 11v.01M13 13v.01" /></>);
export const IconSettings = icon(<><circle cx="10" cy="10" r="2.600" /><path d="M10 2.800v2M10 15.200v2M2.800 10h2M15.200 10h2M4.900 4.900l1.400 1.400M13.700 13.700l1.400 1.400M15.100 4.900l-1.400 1.400M6.300 13.700l-1.400 1.400" /></>);
export const IconSun = icon(<><circle cx="10" cy="10" r="3.200" /><path d="M10 2.500v1.800M10 15.700v1.800M2.500 10h1.800M15.700 10h1.800M4.700 4.700L6 6M14 14l1.300 1.300M15.300 4.700L14 6M6 14l-1.300 1.300" /></>);
export const IconMoon = icon(<path d="M16.500 11.800A6.800 6.800 0 018.200 3.500a6.800 6.800 0 108.300 8.300z" />);
export const IconPlus = icon(<path d="M10 4v12M4 10h12" />);
export const IconTrash = icon(<path d="M4 5.500h12M8 5.500V3.800h4v1.700M5.500 5.500l.7 11h7.600l.7-11" />);
export const IconUp = icon(<path d="M10 15.500v-11M5.500 9L10 4.500 14.500 9" />);
export const IconDown = icon(<path d="M10 4.500v11M5.500 11l4.500 4.500 4.500-4.500" />);
export const IconCopy = icon(<><rect x="7" y="7" width="9.500" height="9.500" rx="1.600" /><path d="M13 7V5a1.500 1.500 0 00-1.500-1.500H5A1.500 1.500 0 003.500 5v6.500A1.500 1.500 0 005 13h2" /></>);
export const IconCheck = icon(<path d="M4.500 10.500l3.700 3.700 7.300-8" />);
export const IconDownload = icon(<path d="M10 3.500v9M6 9l4 4 4-4M4 16.500h12" />);
export const IconUpload = icon(<path d="M10 13V4M6 7.500l4-4 4 4M4 16.500h12" />);
export const IconPause = icon(<path d="M7 4.500v11M13 4.500v11" />);
export const IconPlay = icon(<path d="M6.500 4.500l8.500 5.500-8.500 5.500z" />);
export const IconKey = icon(<><circle cx="7" cy="13" r="3.500" /><path d="M9.500 10.500l6.500-6.500M13 7l2.500 2.500" /></>);
export const IconImage = icon(<><rect x="3" y="4" width="14" height="12" rx="1.800" /><circle cx="7.300" cy="8.300" r="1.300" /><path d="M3.500 14.500l4-3.500 2.500 2 3.500-3.500 3.500 3.500" /></>);
export const IconText = icon(<path d="M4 5h12M4 9h12M4 13h8" />);
export const IconBox = icon(<><rect x="5" y="5" width="10" height="10" /><path d="M3 3h3v3H3zM14 14h3v3h-3zM14 3h3v3h-3zM3 14h3v3H3z" fill="currentColor" stroke="none" /></>);
export const IconChevron = icon(<path d="M6.500 8l3.500 3.500L13.500 8" />);
export const IconSignOut = icon(<path d="M12 4H5.500A1.500 1.500 0 004 5.500v9A1.500 1.500 0 005.500 16H12M9 10h8M14 7l3 3-3 3" />);
