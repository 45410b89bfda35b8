package io.etalon.server.dataset;

class MemoryAssetBytesTest extends AssetBytesContract {
    @Override
    AssetBytes empty() {
        return new MemoryAssetBytes();
    }

    @Override
    int drafts() {
        return ((MemoryAssetBytes) bytes).drafts.get();
    }
}
