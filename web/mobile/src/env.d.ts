/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where a mini-program finds the platform, such as https://example.gov.cn; the browser asks where it came from. */
  readonly VITE_SERVER?: string
}
