import { Select, type SelectProps } from '@mantine/core';
import type { Method } from '@/api/types';
import { useMethods } from './useMethods';

/** Chooses a method of consensus; what the chosen one does stands beneath. */
export function MethodSelect({
  value,
  onChange,
  explained = false,
  ...rest
}: { value: Method; onChange: (method: Method) => void; explained?: boolean } & Omit<SelectProps, 'value' | 'onChange' | 'data'>) {
  const methods = useMethods();
  return (
    <Select
      {...rest}
      {...(explained ? { description: methods[value].about, inputWrapperOrder: ['label', 'input', 'description', 'error'] as const } : {})}
      data={Object.entries(methods).map(([method, { name }]) => ({ value: method, label: name }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => chosen && onChange(chosen as Method)}
    />
  );
}
