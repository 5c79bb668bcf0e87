using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

public sealed class MMAP4010Tests
{
    [Fact]
    public Task A_wait_that_can_be_cancelled() => Verify.Reports(PairingProgram.With(
        """
        void Run(CancellationToken cancellation)
        {
            try
            {
                _slots.Wait(cancellation);
            }
            finally
            {
                {|MMAP4010:_slots.Release()|};
            }
        }
        """));

    [Fact]
    public Task An_awaited_wait() => Verify.Reports(PairingProgram.With(
        """
        async Task Run(CancellationToken cancellation)
        {
            try
            {
                await _slots.WaitAsync(cancellation);
            }
            finally
            {
                {|MMAP4010:_slots.Release()|};
            }
        }
        """));

    [Fact]
    public Task A_reference_to_a_handle() => Verify.Reports(PairingProgram.With(
        """
        void Run(SafeHandle handle)
        {
            bool added = false;
            try
            {
                handle.DangerousAddRef(ref added);
            }
            finally
            {
                {|MMAP4010:handle.DangerousRelease()|};
            }
        }
        """));

    [Fact]
    public Task A_lock_of_readers() => Verify.Reports(PairingProgram.With(
        """
        void Run(ReaderWriterLockSlim rooms)
        {
            try
            {
                rooms.EnterReadLock();
                _count++;
            }
            finally
            {
                {|MMAP4010:rooms.ExitReadLock()|};
            }
        }
        """));

    [Fact]
    public Task A_catch_block_gives_back() => Verify.Reports(PairingProgram.With(
        """
        void Run(CancellationToken cancellation)
        {
            try
            {
                _slots.Wait(cancellation);
            }
            catch (OperationCanceledException)
            {
                {|MMAP4010:_slots.Release()|};
                throw;
            }
            _slots.Release();
        }
        """));

    [Fact]
    public Task A_lambda() => Verify.Reports(PairingProgram.With(
        """
        Action<CancellationToken> Run() => cancellation =>
        {
            try
            {
                _slots.Wait(cancellation);
            }
            finally
            {
                {|MMAP4010:_slots.Release()|};
            }
        };
        """));

    [Fact]
    public Task Taken_before_the_try() => Verify.Clean(PairingProgram.With(
        """
        void Run(CancellationToken cancellation)
        {
            _slots.Wait(cancellation);
            try
            {
                _count++;
            }
            finally
            {
                _slots.Release();
            }
        }
        """));

    [Fact]
    public Task A_flag_by_reference() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            bool taken = false;
            try
            {
                Monitor.Enter(_gate, ref taken);
                _count++;
            }
            finally
            {
                if (taken)
                    Monitor.Exit(_gate);
            }
        }
        """));

    [Fact]
    public Task A_flag_set_after_the_acquire() => Verify.Clean(PairingProgram.With(
        """
        void Run(CancellationToken cancellation)
        {
            bool taken = false;
            try
            {
                _slots.Wait(cancellation);
                taken = true;
                _count++;
            }
            finally
            {
                if (taken)
                    _slots.Release();
            }
        }
        """));

    [Fact]
    public Task A_variable_that_is_still_null() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            byte[]? buffer = null;
            try
            {
                buffer = ArrayPool<byte>.Shared.Rent(16);
                _count++;
            }
            finally
            {
                if (buffer is not null)
                    ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        """));

    [Fact]
    public Task Memory_that_is_still_zero() => Verify.Clean(PairingProgram.With(
        """
        void Run()
        {
            IntPtr memory = IntPtr.Zero;
            try
            {
                memory = Marshal.AllocHGlobal(16);
                _count++;
            }
            finally
            {
                Marshal.FreeHGlobal(memory);
            }
        }
        """));
}
