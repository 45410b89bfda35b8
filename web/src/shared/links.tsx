import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

/** The kit's button and anchor as typed links of the router. */

type Native<P> = P & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement> };

export const LinkButton = createLink((props: Native<ButtonProps>) => <Button component="a" {...props} />);

export const LinkAnchor = createLink((props: Native<AnchorProps>) => <Anchor component="a" {...props} />);
