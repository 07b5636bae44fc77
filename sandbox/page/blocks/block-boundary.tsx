import { Component, type ReactNode } from 'react';

interface Props {
  type: string;
  children: ReactNode;
}

/** Keeps a block that fails to render from taking the page with it. */
export class BlockBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return <p className="trouble">This {this.props.type} block can’t be shown here.</p>;
  }
}
