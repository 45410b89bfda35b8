import type { ReactNode } from 'react';

/** A small set of line icons on a 20-unit grid, drawn for this product. Decorative: words stand beside them, or name the button. */
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
export const IconMention = icon(<><circle cx="10" cy="10" r="2.800" /><path d="M12.800 7.500v3.300c0 1.300.8 2.100 1.900 2.100 1.400 0 2.300-1.200 2.300-3a7 7 0 10-2.800 5.600" /></>);
export const IconAudit = icon(<><path d="M4 3.500h12v13l-2-1.400-2 1.400-2-1.400-2 1.400-2-1.400-2 1.400z" /><path d="M7 7.500h6M7 10.500h6" /></>);
export const IconVendors = icon(<><path d="M2.500 6.500l3.500-2 4 1.500 4-1.500 3.500 2v6l-2 1M2.500 6.500v6l2 1" /><path d="M10 6L7 9.500c1 1.200 2.500 1 3.500 0l4.500 4.300M12.500 15.500l-2.500-2M10.200 16.500l-3.700-3.300" /></>);
export const IconClients = icon(<><path d="M3.500 16.500v-11l6-2.500v13.500M9.500 8l7 2v6.500M2 16.500h16" /><path d="M6.500 8v.01M6.500 11v.01M13 13v.01" /></>);
export const IconWall = icon(<path d="M3 4.500h14v11H3zM3 8.200h14M3 11.900h14M8 4.500v3.700M13 8.200v3.700M7 11.900v3.600" />);
export const IconOwners = icon(<><rect x="7" y="3" width="6" height="4" rx="1" /><rect x="2.500" y="13" width="6" height="4" rx="1" /><rect x="11.500" y="13" width="6" height="4" rx="1" /><path d="M10 7v3M5.500 13v-3h9v3" /></>);
export const IconGlobe = icon(<><circle cx="10" cy="10" r="7" /><path d="M3 10h14M10 3c2.200 2 3.300 4.300 3.300 7s-1.100 5-3.300 7c-2.200-2-3.300-4.300-3.300-7s1.100-5 3.300-7z" /></>);
export const IconPay = icon(<><rect x="2.500" y="5" width="15" height="10" rx="1.600" /><circle cx="10" cy="10" r="2.200" /><path d="M5 10h.5M14.500 10h.5" /></>);
export const IconExit = icon(<path d="M11 4H5v12h6M9 10h8M14 7l3 3-3 3" />);
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
export const IconWebhook = icon(<><circle cx="5" cy="14" r="2.500" /><circle cx="15" cy="14" r="2.500" /><circle cx="10" cy="5.500" r="2.500" /><path d="M7.500 14h5M8.800 7.700L6 11.700M11.200 7.700l2.800 4" /></>);
export const IconImage = icon(<><rect x="3" y="4" width="14" height="12" rx="1.800" /><circle cx="7.300" cy="8.300" r="1.300" /><path d="M3.500 14.500l4-3.500 2.500 2 3.500-3.500 3.500 3.500" /></>);
export const IconText = icon(<path d="M4 5h12M4 9h12M4 13h8" />);
export const IconBox = icon(<><rect x="5" y="5" width="10" height="10" /><path d="M3 3h3v3H3zM14 14h3v3h-3zM14 3h3v3h-3zM3 14h3v3H3z" fill="currentColor" stroke="none" /></>);
export const IconSignOut = icon(<path d="M12 4H5.500A1.500 1.500 0 004 5.500v9A1.500 1.500 0 005.500 16H12M9 10h8M14 7l3 3-3 3" />);

// The desk.
export const IconPointer = icon(<path d="M5 3.5l10.5 6-4.7 1.2-2.5 4.3z" />);
export const IconDraw = icon(<><rect x="4" y="5" width="9" height="9" strokeDasharray="2.5 2.5" /><path d="M15.5 12.5v6M12.5 15.5h6" /></>);
export const IconHand = icon(<path d="M10 2.5v15M2.5 10h15M10 2.5L8 4.5M10 2.5l2 2M10 17.5l-2-2M10 17.5l2-2M2.5 10l2-2M2.5 10l2 2M17.5 10l-2-2M17.5 10l-2 2" />);
export const IconMinus = icon(<path d="M4 10h12" />);
export const IconFit = icon(<path d="M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4" />);
export const IconUndo = icon(<path d="M7.5 4.5L4 8l3.5 3.5M4 8h7.5a4 4 0 010 8H8" />);
export const IconRedo = icon(<path d="M12.5 4.5L16 8l-3.5 3.5M16 8H8.5a4 4 0 000 8H12" />);
export const IconBook = icon(<path d="M10 5.5C8.5 4.2 6 3.8 3.5 4v11.5c2.5-.2 5 .2 6.5 1.5 1.5-1.3 4-1.7 6.5-1.5V4C14 3.8 11.5 4.2 10 5.5zM10 5.5V17" />);
export const IconKeyboard = icon(<><rect x="2.5" y="5" width="15" height="10" rx="1.5" /><path d="M5.5 8h.01M8.5 8h.01M11.5 8h.01M14.5 8h.01M6.5 12h7" /></>);
export const IconEye = icon(<><path d="M2.5 10s2.7-5 7.5-5 7.5 5 7.5 5-2.7 5-7.5 5-7.5-5-7.5-5z" /><circle cx="10" cy="10" r="2.2" /></>);
export const IconEyeOff = icon(<path d="M3.5 3.5l13 13M8 5.3c.6-.2 1.3-.3 2-.3 4.8 0 7.5 5 7.5 5s-.8 1.5-2.3 2.9M5 7.1C3.4 8.4 2.5 10 2.5 10s2.7 5 7.5 5c1 0 1.9-.2 2.7-.5" />);
export const IconBack = icon(<path d="M12.5 4.5L7 10l5.5 5.5" />);
