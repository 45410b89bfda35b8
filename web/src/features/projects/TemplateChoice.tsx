import { useLingui } from '@lingui/react/macro';
import { Radio, Text } from '@mantine/core';
import type { Template } from '@/api/types';
import { IconBox, IconImage, IconText } from '@/design/icons';
import classes from './projects.module.css';
import { templates } from './templates';

export function useTemplateNames(): Record<Template, string> {
  const { t } = useLingui();
  return {
    'image-classification': t`Image classification`,
    'text-classification': t`Text classification`,
    'image-boxes': t`Boxes on images`,
  };
}

const icons = { 'image-classification': IconImage, 'text-classification': IconText, 'image-boxes': IconBox };

export function TemplateChoice({ value, onChange }: { value: Template; onChange: (template: Template) => void }) {
  const { t } = useLingui();
  const names = useTemplateNames();
  const hints: Record<Template, string> = {
    'image-classification': t`Questions about a whole image.`,
    'text-classification': t`Questions about a whole text.`,
    'image-boxes': t`A box and a label around each thing.`,
  };
  return (
    <Radio.Group value={value} onChange={(template) => onChange(template as Template)} aria-label={t`Kind of project`}>
      <div className={classes['templates']}>
        {templates.map((template) => {
          const Icon = icons[template];
          return (
            <Radio.Card key={template} value={template} className={classes['template']} data-testid={`template-${template}`}>
              <Icon size={22} />
              <div>
                <Text size="sm" fw={600}>
                  {names[template]}
                </Text>
                <Text size="sm" c="dimmed">
                  {hints[template]}
                </Text>
              </div>
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
