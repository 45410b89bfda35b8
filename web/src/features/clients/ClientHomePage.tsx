export function ClientHomePage() {
  return null;
}
