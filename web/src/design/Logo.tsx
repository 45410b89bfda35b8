/** The mark: the letter E as the graduations of a standard rule. Decorative unless `title` names it. */
export function Mark({ size = 28, title }: { size?: number; title?: string }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role={title ? 'img' : undefined} aria-hidden={title ? undefined : true}>
      {title ? <title>{title}</title> : null}
      <rect width="32" height="32" rx="7" fill="#0f5a5c" />
      <path d="M10 7.5v17M10 7.5h14M10 24.5h14M10 16h10" stroke="#fff" strokeWidth="3" strokeLinecap="round" fill="none" />
      <path d="M12.5 11.75h3.5M12.5 20.25h3.5" stroke="#e6c160" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
