import { Typography } from '@mantine/core';
import Markdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';

/** Text that people wrote, as Markdown: no raw HTML, no scripts, and no pictures from elsewhere (they would tell on the reader). */
export function MarkdownView({ children }: { children: string }) {
  return (
    <Typography fz="sm">
      <Markdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        components={{
          img: ({ alt }) => <em>{alt}</em>,
          a: ({ href, children: text }) => (
            <a href={href} target="_blank" rel="noopener noreferrer nofollow">
              {text}
            </a>
          ),
        }}
      >
        {children}
      </Markdown>
    </Typography>
  );
}
