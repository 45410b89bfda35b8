import type { ReactNode } from 'react';

/** The desk's own line icons on the design's 20-unit grid. Decorative: every button has a name. */
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
