package io.holdfast.wrongclock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Has every class but the JDK's ask the wrong clock for the time; by call, by method reference, or by {@code new Date()}. */
final class ClockCalls implements ClassFileTransformer {
    private static final int API = Opcodes.ASM9;
    private static final String WRONG_CLOCK = "io/holdfast/wrongclock/WrongClock";
    private static final String MILLIS = "currentTimeMillis";
    private static final String NO_ARGUMENTS_TO_LONG = "()J";
    private static final String DATE = "java/util/Date";

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        boolean jdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
        if (jdk || name.startsWith("io/holdfast/wrongclock/") || !mentionsTime(bytes)) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Redirected(writer), 0);
        return writer.toByteArray();
    }

    /** Spares all others the way through the library. */
    private static boolean mentionsTime(byte[] bytes) {
        String constants = new String(bytes, ISO_8859_1);
        return constants.contains(MILLIS) || constants.contains("java/time/Instant") || constants.contains(DATE);
    }

    private static boolean isClock(String owner, String method, String descriptor) {
        return switch (owner) {
            case "java/lang/System" -> method.equals(MILLIS);
            case "java/time/Instant" -> method.equals("now") && descriptor.equals("()Ljava/time/Instant;");
            default -> false;
        };
    }

    private static final class Redirected extends ClassVisitor {
        Redirected(ClassVisitor next) {
            super(API, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            return new RedirectedMethod(super.visitMethod(access, name, descriptor, signature, exceptions));
        }
    }

    private static final class RedirectedMethod extends MethodVisitor {
        RedirectedMethod(MethodVisitor next) {
            super(API, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            if (isClock(owner, name, descriptor)) {
                super.visitMethodInsn(opcode, WRONG_CLOCK, name, descriptor, false);
            } else if (owner.equals(DATE) && name.equals("<init>") && descriptor.equals("()V")) {
                super.visitMethodInsn(Opcodes.INVOKESTATIC, WRONG_CLOCK, MILLIS, NO_ARGUMENTS_TO_LONG, false);
                super.visitMethodInsn(opcode, owner, name, "(J)V", false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            }
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            Object[] redirected =
                    Arrays.stream(arguments).map(RedirectedMethod::redirect).toArray();
            super.visitInvokeDynamicInsn(name, descriptor, bootstrap, redirected);
        }

        private static Object redirect(Object argument) {
            return argument instanceof Handle handle && isClock(handle.getOwner(), handle.getName(), handle.getDesc())
                    ? new Handle(handle.getTag(), WRONG_CLOCK, handle.getName(), handle.getDesc(), false)
                    : argument;
        }
    }
}
