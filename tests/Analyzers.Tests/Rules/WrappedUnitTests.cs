using Verify = MmapAnalyzers.Tests.Verification.Verify<MmapAnalyzers.Rules.ProtocolAnalyzer>;

namespace MmapAnalyzers.Tests.Rules;

/// <summary>Units inside of other values: tasks, views of arrays, variables by reference.</summary>
public sealed class WrappedUnitTests
{
    [Fact]
    public Task A_view_of_the_array_is_stored() => Verify.Reports(PairingProgram.With(
        """
        ArraySegment<byte> Data { get; set; }
        void Fill(int size)
        {
            byte[] array = ArrayPool<byte>.Shared.Rent(size);
            array.AsSpan(0, size).Clear();
            Data = new(array, 0, size);
        }
        """));

    [Fact]
    public Task The_array_is_given_back_out_of_the_view() => Verify.Reports(PairingProgram.With(
        """
        void Sum(int size)
        {
            var view = new ArraySegment<byte>(ArrayPool<byte>.Shared.Rent(size), 0, size);
            Fill(view);
            ArrayPool<byte>.Shared.Return(view.Array);
        }
        static void Fill(ArraySegment<byte> view)
        {
            for (int index = 0; index < view.Count; index++)
                view.Array[index] = 1;
        }
        """));

    [Fact]
    public Task A_lock_in_a_property_that_nobody_can_write_stays_the_same() => Verify.Reports(PairingProgram.With(
        """
        object Sync { get; } = new();
        public Action Changed;
        void Tick()
        {
            if (!Monitor.TryEnter(Sync))
                return;
            try { Changed(); }
            finally { Monitor.Exit(Sync); }
        }
        """));

    [Fact]
    public Task A_number_is_made_of_a_copy_of_the_bytes() => Verify.Reports(PairingProgram.With(
        """
        static System.Numerics.BigInteger Read(Stream source, int size)
        {
            byte[] bytes = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                source.ReadExactly(bytes, 0, size);
                return new System.Numerics.BigInteger(bytes.AsSpan(0, size));
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(bytes);
            }
        }
        """));

    [Fact]
    public Task The_array_is_in_a_member_of_a_member() => Verify.Reports(PairingProgram.With(
        """
        sealed class Page
        {
            public Page(byte[] bytes) => Bytes = bytes;
            public byte[] Bytes { get; }
            public Page Next { get; set; }
        }
        Page _first;
        Page _last;
        void Load(int size)
        {
            var next = new Page(ArrayPool<byte>.Shared.Rent(size));
            if (_first is null)
                _first = _last = next;
            else
            {
                _last.Next = next;
                _last = next;
            }
        }
        """));

    [Fact]
    public Task A_callee_replaces_what_it_has_kept() => Verify.Reports(PairingProgram.With(
        """
        readonly System.Collections.Generic.List<IMemoryOwner<byte>> _kept = [];
        void Frame(int size)
        {
            IMemoryOwner<byte> owner = MemoryPool<byte>.Shared.Rent(size);
            try { Keep(ref owner); }
            finally { owner?.Dispose(); }
        }
        void Keep(ref IMemoryOwner<byte> owner)
        {
            if (owner.Memory.Length < 5)
                return;
            _kept.Add(owner);
            owner = null;
        }
        """));

    [Fact]
    public Task What_an_out_parameter_holds_is_the_callers_also_when_the_callee_throws() => Verify.Reports(PairingProgram.With(
        """
        static int Encode(int value, out byte[] leased)
        {
            leased = ArrayPool<byte>.Shared.Rent(10);
            if (value < 0)
                throw new InvalidOperationException("negative");
            return value;
        }
        """));

    [Theory]
    [InlineData("Task<bool> TryTake() => _signal.WaitAsync(5);")]
    [InlineData("ValueTask<bool> TryTake() => new(_signal.WaitAsync(5));")]
    public Task A_returned_task_tells_the_caller(string member) => Verify.Reports(PairingProgram.With("readonly SemaphoreSlim _signal = new(1, 1); void Leave() => _signal.Release(); " + member));

    [Theory]
    [InlineData("_signal.WaitAsync(5).Result")]
    [InlineData("_signal.WaitAsync(5).GetAwaiter().GetResult()")]
    [InlineData("_signal.WaitAsync(5).ConfigureAwait(false).GetAwaiter().GetResult()")]
    public Task Waiting_for_the_task_tells_whether_the_unit_was_taken(string wait) => Verify.Reports(PairingProgram.With(
        $$"""
        readonly SemaphoreSlim _signal = new(1, 1);
        void Run(bool busy)
        {
            if (!{{wait.Replace("_signal.WaitAsync(5)", "{|MMAP4001:_signal.WaitAsync(5)|}")}})
                return;
            if (busy)
                return;
            _signal.Release();
        }
        """));

    [Fact]
    public Task Another_method_waits_for_the_task_and_gives_back() => Verify.Reports(PairingProgram.With(
        """
        readonly SemaphoreSlim _signal = new(1, 1);
        Task<int> Run()
        {
            Task<bool> pending = _signal.WaitAsync(5);
            return Finish(pending);
        }
        async Task<int> Finish(Task<bool> pending)
        {
            bool taken = false;
            try { taken = await pending; return taken ? 1 : 0; }
            catch (InvalidOperationException) { return 2; }
            finally { if (taken) _signal.Release(); }
        }
        """));
}
